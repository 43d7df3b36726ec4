"""Logging in through another service: it lets in who has an account, and makes none."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from clavet.accounts.models import User
from clavet.settings import environment
from tests import factories

pytestmark = pytest.mark.django_db
SERVICE = {
    "OIDC_URL": "https://login.example.eu", "OIDC_CLIENT_ID": "clavet", "OIDC_SECRET": "s", "OIDC_NAME": "EU Login",
}  # fmt: skip


@pytest.fixture
def service(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A portal whose environment names a service."""
    for name, value in SERVICE.items():
        monkeypatch.setenv(name, value)
    settings.OIDC = environment.openid_connect()
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [settings.OIDC]}}
    settings.ROOT_URLCONF = "tests.accounts.with_a_service"


def test_its_button_is_on_the_log_in_page_under_its_name(service: None, client: Client) -> None:
    assert "Log in with EU Login" in client.get("/accounts/login/").content.decode()


def test_a_verified_address_of_an_account_lets_in_and_is_linked(service: None, client: Client) -> None:
    user = factories.person()
    assert client.get(f"/back/?email={user.email}&verified=1")["Location"] == "/en/desk/"
    assert client.get("/en/desk/").status_code == 200
    assert SocialAccount.objects.get().user == user
    assert "EU Login" in client.get("/accounts/services/").content.decode()


def test_an_address_that_the_service_has_not_verified_does_not(service: None, client: Client) -> None:
    user = factories.person()
    client.get(f"/back/?email={user.email}")
    assert client.get("/en/desk/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_who_has_no_account_is_told_how_to_join_and_gets_none(service: None, client: Client) -> None:
    page = client.get("/back/?email=new@example.org&verified=1", follow=True).content.decode()
    assert "/join/" in page
    assert not User.objects.filter(email="new@example.org").exists()


def test_the_second_factor_is_asked_for_all_the_same(service: None, client: Client) -> None:
    user = factories.coordinator()
    assert client.get(f"/back/?email={user.email}&verified=1")["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/admin/").status_code == 302


def test_a_service_that_is_named_by_half_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.openid_connect() is None
    monkeypatch.setenv("OIDC_URL", "https://login.example.eu")
    with pytest.raises(ValueError, match="OIDC_CLIENT_ID"):
        environment.openid_connect()
