"""The form by which readers write to us."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from clavet.publishing.documents import clean_text
from clavet.web.fields import LongTextField


class MessageForm(forms.Form):
    """A message. ``website`` is a trap: people do not see it, programs fill it in."""

    text = LongTextField(label=_("Your message"), max_length=5000, widget=forms.Textarea(attrs={"rows": 9}), strip=True)
    name = forms.CharField(
        label=_("Your name"), max_length=150, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        help_text=_("Only if you would like an answer. We use it for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """The message without control characters. The same limit holds as beside the field."""
        text = clean_text(self.cleaned_data["text"])
        if len(text) < 3:
            raise forms.ValidationError(_("Please write your message here."))
        return text

    @property
    def is_from_a_program(self) -> bool:
        """Whether the trap was filled in."""
        return bool(self.cleaned_data.get("website"))
