"""What allauth asks us: who may come in, what errors say, where mail goes, where one lands."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, override

from clavet.accounts import mails, throttle
from clavet.accounts.language import language_of
from clavet.languages import CODES

WAIT = _("Too many attempts. Please wait a quarter of an hour.")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up uninvited, no answer tells whether an address is known, wrong passwords are counted by us."""

    # allauth has words of its own, but not in all nine languages and not always polite.
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is not active."),
        "cannot_remove_primary_email": _("An account needs an e-mail address."),
        "duplicate_email": _("This is the address of your account already."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "email_taken": _("This address cannot be used."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("The code is not right, or it is too old."),
        "incorrect_password": _("The password is not right."),
        "invalid_or_expired_key": _("The code is not right, or it is too old."),
        "invalid_login": _("The e-mail address or the password is not right."),
        "invalid_password_reset": _("The code is not right, or it is too old."),
        "max_email_addresses": _("An account has one e-mail address."),
        "too_many_login_attempts": WAIT,
        "unverified_primary_email": _("Please confirm your e-mail address first."),
        "same_as_current": _("This is the address of your account already."),
        "rate_limited": WAIT,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An account comes from an invitation, never from a form that anybody can fill in."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that our own middleware found behind the proxies that we trust."""
        return request.client_address

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Check the pause first: who guesses learns nothing while waiting."""
        if throttle.must_wait(credentials.get("email", ""), request.client_address):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a failure by account and address, so that nobody can lock out somebody else."""
        throttle.remember_failure(credentials.get("email", ""), request.client_address)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk, in the language in which the person logged in."""
        return self.desk(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The home page in the language of the moment."""
        with override(language_of(request)):
            return reverse("home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where the security of an account is kept."""
        return reverse("mfa_index")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every mail of allauth goes through the portal's queue."""
        mails.send(template_prefix, email, context, request=self.request)

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any,
                    **kwargs: Any) -> None:  # fmt: skip
        """Only what tells something: that one has logged in or out is to be seen."""
        if message_template and message_template.endswith(("logged_in.txt", "logged_out.txt", "login_code_sent.txt")):
            return
        super().add_message(request, level, message_template, *args, **kwargs)

    @staticmethod
    def desk(request: HttpRequest) -> str:
        """The address of the desk."""
        language = language_of(request)
        with override(language if language in CODES else "en"):
            return reverse("desk:home")
