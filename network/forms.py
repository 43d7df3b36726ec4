"""The forms by which one joins, invites, and says who one is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy as _
from django_countries import countries

from clavet.accounts.models import User
from clavet.accounts.roles import LABELS, is_coordinator
from clavet.languages import LANGUAGES
from clavet.publishing.documents import clean_text
from clavet.vocabulary.tree import read_tree
from clavet.web.fields import LongTextField
from network.facts import EUROPE
from network.models import Authority, Consent, Member, Membership
from network.rules import INVITABLE_ROLES, places_of


class InOwnLanguage(forms.Select):
    """A choice of authorities, each name marked as the language that it is in."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One option; the empty one is in the language of the page."""
        option = super().create_option(name, value, *args, **kwargs)
        if value and value.instance.own_language != get_language():
            option["attrs"]["lang"] = value.instance.own_language
        return option


OPEN = (Authority.Status.LISTED, Authority.Status.APPLIED, Authority.Status.MEMBER)


def _email(label: Any, **more: Any) -> forms.EmailField:
    return forms.EmailField(
        label=label, max_length=254, widget=forms.EmailInput(attrs={"autocomplete": more.pop("autocomplete", "email")}),
        **more,
    )  # fmt: skip


class Accept(forms.Form):
    """What an invitation asks of somebody without an account."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 12 characters. Several words that do not belong together are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address

    def clean(self) -> dict[str, Any]:
        """The password as the portal's rules want it."""
        found = super().clean()
        password = found.get("password")
        if password:
            try:
                password_validation.validate_password(password, User(email=self.address, name=found.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return found


class Apply(forms.Form):
    """Asking to join. ``website`` is a trap: people do not see it, programs fill it in."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    address = _email(_("Your e-mail address at work"), help_text=_("We send a link to it, which you open to confirm."))
    authority = forms.ModelChoiceField(
        Authority.objects.none(),
        label=_("Your authority"),
        required=False,
        empty_label=_("not in this list"),
        widget=InOwnLanguage,
    )
    authority_name = forms.CharField(
        label=_("Its name, if it is not in the list"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )  # fmt: skip
    country = forms.ChoiceField(label=_("Country"), required=False)
    why = LongTextField(
        label=_("What you would like to do here"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6})
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = Authority.objects.filter(status__in=OPEN).order_by("own_name")
        self.fields["country"].choices = [("", "—"), *((code, name) for code, name in countries if code in EUROPE)]

    def clean_why(self) -> str:
        """The text without control characters."""
        return clean_text(self.cleaned_data["why"])

    def clean(self) -> dict[str, Any]:
        """An authority, chosen or named."""
        found = super().clean()
        if not found.get("authority") and not found.get("authority_name"):
            self.add_error("authority_name", _("Choose your authority above, or write its name here."))
        if not found.get("authority") and not found.get("country"):
            self.add_error("country", _("Choose the country of your authority."))
        return found

    @property
    def is_from_a_program(self) -> bool:
        """Whether the trap was filled in."""
        return bool(self.cleaned_data.get("website"))


class Invite(forms.Form):
    """Inviting a person. What one may not give is not offered."""

    address = _email(_("E-mail address"), autocomplete="off")
    authority = forms.ModelChoiceField(Authority.objects.none(), label=_("Authority"), widget=InOwnLanguage)
    role = forms.ChoiceField(label=_("Role in the authority"), choices=Membership.Role.choices)
    roles = forms.MultipleChoiceField(label=_("Further roles"), required=False, widget=forms.CheckboxSelectMultiple)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=LANGUAGES)
    message = LongTextField(
        label=_("A word of yours"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("language", get_language())
        super().__init__(*args, **kwargs)
        authorities = Authority.objects.filter(status__in=OPEN).order_by("own_name")
        if is_coordinator(user):
            self.fields["authority"].required = False
            self.fields["authority"].empty_label = _("none: a role alone")
            self.fields["roles"].choices = [(name, LABELS[name]) for name in sorted(INVITABLE_ROLES)]
        else:
            own = [key for key, role in places_of(user).items() if role == Membership.Role.AUTHOR]
            authorities = authorities.filter(pk__in=own)
            self.fields["authority"].empty_label = None
            del self.fields["roles"]
        self.fields["authority"].queryset = authorities

    def clean(self) -> dict[str, Any]:
        """A place, a role, or both: an invitation to nothing helps nobody."""
        found = super().clean()
        if "authority" in found and not found["authority"] and not found.get("roles"):
            self.add_error("roles", _("Choose an authority or a role."))
        return found


class Profile(forms.ModelForm):
    """What a member says of herself, and to whom each detail is shown."""

    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language of the portal and of its e-mails"), choices=LANGUAGES)
    languages = forms.MultipleChoiceField(
        label=_("Languages that you read"), choices=LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics that you know about"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=_("Hold Ctrl (on a Mac: Cmd) to choose several."),
    )
    about = LongTextField(
        label=_("About you"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "tel"})
    )

    class Meta:
        model = Member
        fields = ("languages", "topics", "about", "phone", "name_shown", "email_shown", "phone_shown")

    field_order = ("name", "language", *Meta.fields)

    def __init__(self, *args: Any, instance: Member, **kwargs: Any) -> None:
        account = instance.account
        kwargs["initial"] = {"name": account.name, "language": account.language, **kwargs.get("initial", {})}
        super().__init__(*args, instance=instance, **kwargs)
        labels = read_tree(get_language() or "en").labels
        self.fields["topics"].choices = sorted(labels.items(), key=lambda item: item[1].casefold())
        for name in ("name_shown", "email_shown", "phone_shown"):
            self.fields[name].choices = Consent.choices

    def clean_about(self) -> str:
        """The text without control characters."""
        return clean_text(self.cleaned_data["about"])

    def save(self, commit: bool = True) -> Member:
        """Save the member and the account behind."""
        account = self.instance.account
        account.name, account.language = self.cleaned_data["name"], self.cleaned_data["language"]
        account.save(update_fields=["name", "language"])
        return super().save(commit)
