"""allauth's e-mails as messages of the portal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, override

from clavet.accounts import browsers
from clavet.accounts.language import language_of
from clavet.accounts.models import User
from clavet.mail import registry
from clavet.mail.queueing import queue
from clavet.web.meta import absolute

ASKED = _("you asked for a code")
CHANGED = _("the security of your account has changed")
ERASED = _("your account was erased")
TRIED = _("somebody used this address on the portal")


@dataclass(frozen=True)
class Kind:
    """One of our messages: its name, why one gets it, and the name of the address that it leads to."""

    name: str
    label: Promise
    leads_to: str = "mfa_index"


# By the beginning of the names of allauth's templates.
KINDS = {
    "account/email/login_code": Kind("login_code", ASKED),
    "account/email/email_confirmation": Kind("address_code", ASKED),
    "account/email/email_confirmation_signup": Kind("address_code", ASKED),
    "account/email/password_reset_code": Kind("password_code", ASKED),
    "account/email/password_reset": Kind("password_changed", CHANGED),
    "account/email/password_changed": Kind("password_changed", CHANGED),
    "account/email/password_set": Kind("password_changed", CHANGED),
    "account/email/email_changed": Kind("address_changed", CHANGED),
    "account/email/email_confirm": Kind("address_changed", CHANGED),
    "account/email/email_deleted": Kind("address_changed", CHANGED),
    "account/email/unknown_account": Kind("unknown", TRIED, "account_signup"),
    "mfa/email/totp_activated": Kind("app_added", CHANGED),
    "mfa/email/totp_deactivated": Kind("app_removed", CHANGED),
    "mfa/email/webauthn_added": Kind("passkey_added", CHANGED),
    "mfa/email/webauthn_removed": Kind("passkey_removed", CHANGED),
    "mfa/email/recovery_codes_generated": Kind("recovery_codes", CHANGED),
    "socialaccount/email/account_connected": Kind("service_linked", CHANGED),
    "socialaccount/email/account_disconnected": Kind("service_unlinked", CHANGED),
}


def sample(language: str) -> dict[str, Any]:
    """What a preview is filled with."""
    with override(language):
        when = date_format(timezone.localtime(), "DATETIME_FORMAT")
        browser = browsers.in_words("Windows Firefox")
    return {"code": "K7QR-2XVT", "when": when, "browser": browser, "url": absolute("/accounts/2fa/")}


def address_sample(_language: str) -> dict[str, Any]:
    """What the preview of the last e-mail is filled with."""
    return {"address": "…"}


def messages() -> list[registry.Message]:
    """Everything that an account may be sent. All of it answers something that was done with the account."""
    kinds = {kind.name: kind for kind in KINDS.values()}
    return [
        registry.Message(
            name=f"accounts.{name}", label=kind.label, essential=True, sample=sample, confidential=kind.label is ASKED
        )
        for name, kind in kinds.items()
    ] + [registry.Message(name="accounts.erased", label=ERASED, essential=True, sample=address_sample)]


def send(template: str, email: str, context: dict[str, Any], *, request: HttpRequest) -> None:
    """Queue what allauth wants to be sent. ``LookupError`` for a mail that we have no words for."""
    kind = KINDS[template]
    user = User.objects.filter(email=email.lower()).first()
    language = user.language if user else language_of(request)
    with override(language):
        filled = {
            "code": context.get("code", ""),
            "when": date_format(timezone.localtime(), "DATETIME_FORMAT"),
            "browser": browsers.in_words(context.get("user_agent", "")),
            "url": absolute(reverse(kind.leads_to)),
        }
    queue(f"accounts.{kind.name}", to=email, language=language, context=filled)
