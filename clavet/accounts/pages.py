"""The words of allauth's pages: what each is called, what it is for, and what its button does.

One table instead of a template for each: most of these pages are a heading, a sentence and a form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clavet.accounts import second_factor
from clavet.accounts.language import is_below
from clavet.web.meta import Meta

ENTRANCE, DESK = "accounts/entrance.html", "desk/frame.html"


@dataclass(frozen=True)
class AccountPage:
    """One page: its heading, its first sentence, what its button says, and the frame that it stands in."""

    heading: Promise | str
    lead: Promise | str = ""
    button: Promise | str = ""
    frame: str = DESK


SENT = _("If this address has an account, a code is on its way to it. It holds for a quarter of an hour.")
AGAIN = AccountPage(
    _("Is it you?"), _("This concerns the security of your account, so we ask once more."), _("Continue"), ENTRANCE
)

PAGES = {
    "account_login": AccountPage(_("Log in"), "", _("Log in"), ENTRANCE),
    "account_logout": AccountPage(_("Log out"), _("You will be logged out on this device."), _("Log out"), ENTRANCE),
    "account_inactive": AccountPage(
        _("This account is not active"), _("Write to us if you think that this is a mistake."), "", ENTRANCE
    ),
    "account_signup": AccountPage(
        _("Joining CLAVET"), _("Members join through their authority, by an invitation."), "", ENTRANCE
    ),
    "account_request_login_code": AccountPage(
        _("Log in with a code"), _("We send a code to your e-mail address. You need no password."), _("Send the code"),
        ENTRANCE,
    ),
    "account_confirm_login_code": AccountPage(_("Enter the code"), SENT, _("Log in"), ENTRANCE),
    "account_email_verification_sent": AccountPage(
        _("Confirm your e-mail address"), _("We have sent a code to your address. Enter it here."), _("Confirm"),
        ENTRANCE,
    ),
    "account_reset_password": AccountPage(
        _("Forgotten your password?"), _("We send a code to your e-mail address. With it you set a new password."),
        _("Send the code"), ENTRANCE,
    ),
    "account_confirm_password_reset_code": AccountPage(_("Enter the code"), SENT, _("Continue"), ENTRANCE),
    "account_complete_password_reset": AccountPage(_("Set a new password"), "", _("Save"), ENTRANCE),
    "account_password_reset_completed": AccountPage(
        _("Your new password holds"), _("You can log in with it from now on."), "", ENTRANCE
    ),
    "account_reauthenticate": AGAIN,
    "mfa_reauthenticate": AGAIN,
    "mfa_reauthenticate_webauthn": AGAIN,
    "account_email": AccountPage(_("E-mail address"), "", _("Change the address")),
    "account_change_password": AccountPage(
        _("Change the password"), _("Everybody who is logged in elsewhere with this account will be logged out."),
        _("Save"),
    ),
    "account_set_password": AccountPage(
        _("Set a password"), _("Your account has no password yet: you log in with a code."), _("Save")
    ),
    "mfa_index": AccountPage(_("Security"), _("How you log in, and what protects your account.")),
    "mfa_authenticate": AccountPage(
        _("Second factor"), _("Enter the code that your authenticator app shows, or one of your recovery codes."),
        _("Log in"), ENTRANCE,
    ),
    "mfa_activate_totp": AccountPage(
        _("Set up an authenticator app"),
        _("Scan the square with an authenticator app on your phone, then enter the code that it shows."), _("Set up"),
    ),
    "mfa_deactivate_totp": AccountPage(
        _("Remove the authenticator app"), _("Its codes will no longer be accepted."), _("Remove")
    ),
    "mfa_list_webauthn": AccountPage(
        _("Passkeys"), _("A passkey is kept by your device or by a security key. It cannot be guessed or passed on.")
    ),
    "mfa_add_webauthn": AccountPage(
        _("Add a passkey"), _("Your browser will ask for your fingerprint, your PIN or your security key."), _("Add")
    ),
    "mfa_edit_webauthn": AccountPage(_("Rename the passkey"), "", _("Save")),
    "mfa_remove_webauthn": AccountPage(
        _("Remove the passkey"), _("You will no longer be able to log in with it."), _("Remove")
    ),
    "mfa_view_recovery_codes": AccountPage(
        _("Recovery codes"),
        _("Each of these codes replaces your second factor once. Keep them where you find them without your phone."),
    ),
    "mfa_generate_recovery_codes": AccountPage(
        _("New recovery codes"), _("The old codes will no longer be accepted."), _("Make new codes")
    ),
    "usersessions_list": AccountPage(_("Where you are logged in"), "", _("Log out everywhere else")),
    "socialaccount_connections": AccountPage(_("Log-in through another service"), "", _("Remove the link")),
    "socialaccount_login_cancelled": AccountPage(
        _("The log-in was cancelled"), _("You can try again, or log in another way."), "", ENTRANCE
    ),
    "socialaccount_login_error": AccountPage(
        _("The log-in did not work"), _("The other service did not answer as expected. You can log in another way."),
        "", ENTRANCE,
    ),
    "openid_connect_login": AccountPage(
        _("Log in through another service"), _("You continue on the pages of that service."), _("Continue"), ENTRANCE
    ),
}  # fmt: skip


def words(request: HttpRequest) -> dict[str, Any]:
    """The context processor: the words of the page that is asked for, if it is one of these."""
    match = request.resolver_match
    if not is_below(request.path) or match is None:
        return {}
    page = PAGES.get(match.url_name or "", AccountPage("CLAVET", frame=ENTRANCE))
    here = match.url_name == "mfa_index"
    return {
        "needs_second_factor": here and second_factor.is_missing(request.user),
        "connections_url": reverse("socialaccount_connections") if here and settings.OIDC else "",
        "page": page,
        "frame": page.frame,
        "section": "accounts",
        "meta": Meta(title=f"{page.heading} · CLAVET", noindex=True),
    }
