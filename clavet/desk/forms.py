"""The question before an account is erased."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class Erase(forms.Form):
    """Only who writes down the address of the account means it."""

    address = forms.CharField(
        label=_("Write the e-mail address of the account, to confirm"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = address

    def clean_address(self) -> str:
        """The address of this account and no other."""
        if self.cleaned_data["address"].strip().lower() != self.expected.lower():
            raise forms.ValidationError(_("This is not the address of your account."))
        return self.expected
