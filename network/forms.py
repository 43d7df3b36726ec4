"""The forms by which one joins, invites, and says who one is."""

from __future__ import annotations

from collections.abc import Iterable
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

    def __init__(self, *args: Any, user: User, authority: Authority | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("language", get_language())
        super().__init__(*args, **kwargs)
        self.to_authority = authority
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
        if authority is not None:
            # The page says to which one it is; further roles are given where there is a choice.
            del self.fields["authority"]
            self.fields.pop("roles", None)

    def clean(self) -> dict[str, Any]:
        """A place, a role, or both: an invitation to nothing helps nobody."""
        found = super().clean()
        if self.to_authority is not None:
            return {**found, "authority": self.to_authority}
        if "authority" in found and not found["authority"] and not found.get("roles"):
            self.add_error("roles", _("Choose an authority or a role."))
        return found


class Ending(forms.Form):
    """The end of a place: why, and of the last author who takes over, or that nobody does."""

    successor = forms.ModelChoiceField(
        Membership.objects.none(),
        label=_("Who becomes an author instead"),
        required=False,
        empty_label=_("nobody"),
    )
    without_author = forms.BooleanField(
        label=_("Leave the authority without an author. The coordinators will be told."), required=False
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("It stands in the log, and in the e-mail.")
    )

    def __init__(self, *args: Any, place: Membership, is_own: bool, is_last: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_last = is_last
        if is_own:
            del self.fields["reason"]
        if is_last:
            others = Membership.objects.current().filter(authority=place.authority, member__account__is_active=True)
            self.fields["successor"].queryset = others.exclude(pk=place.pk).select_related("member__account")
            self.fields["successor"].label_from_instance = lambda other: str(other.member)
        else:
            del self.fields["successor"], self.fields["without_author"]

    def clean(self) -> dict[str, Any]:
        """The last author names a successor, or says plainly that there is none."""
        found = super().clean()
        if self.is_last and not found.get("successor") and not found.get("without_author"):
            self.add_error("successor", _("Choose who takes over, or say below that nobody does."))
        return found


class WriteTo(forms.Form):
    """A message to a person. Who has an account is known; others say who they are. ``website`` is a trap."""

    text = LongTextField(label=_("Your message"), max_length=3000, widget=forms.Textarea(attrs={"rows": 8}))
    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    address = _email(_("Your e-mail address"), help_text=_("We send a link to it, which you open to confirm."))
    shows_address = forms.BooleanField(
        label=_("Show my e-mail address to this person"),
        required=False,
        help_text=_("Without this it stays hidden; answers come through the portal all the same."),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_account: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_account:
            del self.fields["name"], self.fields["address"]

    def clean_text(self) -> str:
        """The text without control characters."""
        text = clean_text(self.cleaned_data["text"])
        if len(text) < 3:
            raise ValidationError(_("Please write your message here."))
        return text

    @property
    def is_from_a_program(self) -> bool:
        """Whether the trap was filled in."""
        return bool(self.cleaned_data.get("website"))

    @property
    def message(self) -> dict[str, Any]:
        """What a valid form says."""
        return {name: value for name, value in self.cleaned_data.items() if name != "website"}


class Report(forms.Form):
    """Why a conversation is shown to the coordinators."""

    reason = LongTextField(label=_("What is wrong with it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class Search(forms.Form):
    """The filters of the directory of people. What is no choice filters nothing."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, *args: Any, present: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("all"))]
        known = {code: countries.name(code) for code in present}
        self.fields["country"].choices = everything + sorted(known.items(), key=lambda item: item[1].casefold())
        self.fields["language"].choices = everything + list(LANGUAGES)
        self.fields["topic"].choices = everything + topic_choices()

    def chosen(self) -> dict[str, str]:
        """The filters that hold a choice."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def topic_choices() -> list[tuple[str, str]]:
    """The concepts of the vocabulary in the language of the moment, by their labels."""
    labels = read_tree(get_language() or "en").labels
    return sorted(labels.items(), key=lambda item: item[1].casefold())


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
        fields = (
            "languages", "topics", "about", "phone", "name_shown", "email_shown", "phone_shown", "takes_requests",
            "requests_at_once",
        )  # fmt: skip
        labels = {
            "name_shown": _("Who sees your name"),
            "email_shown": _("Who sees your e-mail address"),
            "phone_shown": _("Who sees your telephone number"),
            "takes_requests": _("I am available for rapid response requests"),
            "requests_at_once": _("At most so many requests open at once"),
        }
        help_texts = {
            "name_shown": _("If nobody sees it, you are not in the list of people."),
            "takes_requests": _("Coordinators may then ask you to answer another authority’s question."),
        }

    field_order = ("name", "language", *Meta.fields)

    def __init__(self, *args: Any, instance: Member, **kwargs: Any) -> None:
        account = instance.account
        kwargs["initial"] = {"name": account.name, "language": account.language, **kwargs.get("initial", {})}
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["topics"].choices = topic_choices()
        for name in ("name_shown", "email_shown", "phone_shown"):
            self.fields[name].choices = Consent.choices
        self.fields["requests_at_once"].required = False

    def clean_requests_at_once(self) -> int:
        """As many as were said, or the usual number."""
        said = self.cleaned_data["requests_at_once"]
        return Member._meta.get_field("requests_at_once").default if said is None else said

    def clean_about(self) -> str:
        """The text without control characters."""
        return clean_text(self.cleaned_data["about"])

    def save(self, commit: bool = True) -> Member:
        """Save the member and the account behind."""
        account = self.instance.account
        account.name, account.language = self.cleaned_data["name"], self.cleaned_data["language"]
        account.save(update_fields=["name", "language"])
        return super().save(commit)
