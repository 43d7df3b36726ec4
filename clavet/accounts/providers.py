"""Log-in through another service (OpenID Connect): for accounts that exist, never a way to make one."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ProviderAdapter(DefaultSocialAccountAdapter):
    """An account is only linked by an address that the service says is verified, and that the account has.

    Who holds an invitation accepts it first: that makes the account, under the same address.
    """

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": _("Set a password first, so that you can still log in."),
        "no_verified_email": _("Please confirm your e-mail address first."),
        "disconnect_last": _("Set a password first, so that you can still log in."),
        "connected_other": _("The service is linked to another account."),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """A service vouches for an address, not for a place in the network."""
        return False

    def is_email_verified(self, provider: Any, email: str) -> bool:
        """Only what the service itself says is verified counts."""
        return False

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:
        """What the settings name; nothing is configured in the database."""
        from allauth.socialaccount.adapter import _build_apps_from_settings

        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]
