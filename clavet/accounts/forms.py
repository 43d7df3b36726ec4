"""allauth's forms with labels of ours: in nine languages, without placeholders, one field for a new password."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "code": _("Code"),
    "remember": _("Keep me logged in on this device"),
    "name": _("Name of the passkey"),
    "passwordless": _("Log in with it alone, without a password"),
}
HELP = {
    "password1": _("At least 12 characters. Several words that do not belong together are easy to remember."),
    "passwordless": _("Your device then has to recognise you, by a PIN or a fingerprint."),
}
CODE_INPUT = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}


class OurWords:
    """Puts our labels and helps into a form of allauth's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The same password twice is no safer than one that one can see or reset.
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs.update(CODE_INPUT)
            if name in ("login", "email"):
                # Browsers and password managers know the account by this name.
                field.widget = forms.EmailInput(attrs={"autocomplete": "username"})


class Login(OurWords, account.LoginForm):
    """Address and password."""


class RequestCode(OurWords, account.RequestLoginCodeForm):
    """Address, for a code."""


class ConfirmLogin(OurWords, account.ConfirmLoginCodeForm):
    """The code that was sent to log in."""


class ConfirmAddress(OurWords, account.ConfirmEmailVerificationCodeForm):
    """The code that was sent to confirm an address."""


class ConfirmReset(OurWords, account.ConfirmPasswordResetCodeForm):
    """The code that was sent to set a new password."""


class ResetPassword(OurWords, account.ResetPasswordForm):
    """Address, for a new password."""


class NewPassword(OurWords, account.ResetPasswordKeyForm):
    """A new password after a reset."""


class SetPassword(OurWords, account.SetPasswordForm):
    """A first password."""


class ChangePassword(OurWords, account.ChangePasswordForm):
    """A new password, and the present one."""


class ChangeAddress(OurWords, account.AddEmailForm):
    """A new address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")
        self.fields["email"].help_text = _("We send a code to it. Until you enter it, the old address holds.")
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class Reauthenticate(OurWords, account.ReauthenticateForm):
    """The password once more."""


class SecondFactor(OurWords, mfa.AuthenticateForm):
    """A code of the second factor."""


class SecondFactorAgain(OurWords, mfa.ReauthenticateForm):
    """A code of the second factor once more."""


class ActivateApp(OurWords, ActivateTOTPForm):
    """The first code of an authenticator app."""


class AddKey(OurWords, AddWebAuthnForm):
    """A new passkey."""


class RenameKey(OurWords, EditWebAuthnForm):
    """Another name for a passkey."""
