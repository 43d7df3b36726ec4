"""The second factor: who needs one, and who has one."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.utils.translation import gettext, gettext_lazy as _

from clavet.accounts.models import User
from clavet.accounts.roles import is_administrator, is_coordinator


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's second factor in our words."""

    error_messages = {
        "add_email_blocked": _("Please switch off the second factor first."),
        "cannot_delete_authenticator": _("Your role needs a second factor: set up another one first."),
        "cannot_generate_recovery_codes": _("Recovery codes come with a second factor: set one up first."),
        "incorrect_code": _("The code is not right, or it is too old."),
        "unverified_email": _("Please confirm your e-mail address first."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last one stays with those who need one."""
        return not needs_one(authenticator.user) or kinds(authenticator.user).exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: Any, type: str) -> str:
        """What a new passkey is called until its owner calls it something else."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def build_totp_svg(self, url: str) -> str:
        """The square as an element of the page: its policy takes no pictures out of addresses."""
        svg = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]

    def _get_site_name(self) -> str:
        return "CLAVET"


def needs_one(user: Any) -> bool:
    """Whether the role of an account asks for a second factor: from coordinator up."""
    return bool(user.is_authenticated and (user.is_staff or is_coordinator(user) or is_administrator(user)))


def kinds(user: Any) -> Any:
    """The second factors of an account; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk).exclude(type=Authenticator.Type.RECOVERY_CODES)


def is_missing(user: Any) -> bool:
    """Whether an account needs a second factor and has none."""
    return needs_one(user) and not kinds(user).exists()


def give_app(user: User, secret: str = "") -> str:
    """Set up an authenticator app for an account from outside (a sample account, a test). Returns its secret."""
    secret = secret or totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def code_of_now(user: User) -> str:
    """What an authenticator app of a sample account shows now. ``ValueError`` for any other account."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if not user.is_sample or found is None:
        raise ValueError("only sample accounts with an authenticator app have a code to show")
    secret = SecondFactorAdapter().decrypt(found.data["secret"])
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    return totp.format_hotp_value(totp.hotp_value(secret, counter))
