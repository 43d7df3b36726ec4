"""Staff has a second factor, or gets nowhere."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from clavet.accounts import second_factor
from clavet.accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db

PRIVATE = ["/admin/", "/admin/contact/message/", "/en/desk/", "/el/desk/", "/accounts/email/", "/accounts/sessions/"]


def logged_in(user: User) -> Client:
    """A browser in which somebody is logged in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("address", PRIVATE)
def test_staff_without_a_second_factor_is_led_to_set_one_up(address: str) -> None:
    client = logged_in(factories.coordinator(second_factor=False))
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/")
    assert "Your role asks for a second factor" in client.get("/accounts/2fa/").content.decode()


def test_neither_does_a_form_get_through(django_user_model: type[User]) -> None:
    user = factories.administrator(second_factor=False)
    answer = logged_in(user).post(f"/admin/accounts/user/{user.pk}/change/", {"name": "Changed"})
    assert answer["Location"] == "/accounts/2fa/"
    assert django_user_model.objects.get(pk=user.pk).name != "Changed"


def test_a_coordinator_who_is_not_marked_as_staff_needs_one_as_well() -> None:
    user = factories.coordinator(is_staff=False)
    assert second_factor.is_missing(user)


def test_members_may_do_without(client: Client) -> None:
    assert logged_in(factories.person()).get("/en/desk/").status_code == 200


def test_public_pages_stay_open_and_are_not_asked_who_reads_them() -> None:
    client = logged_in(factories.coordinator(second_factor=False))
    answer = client.get("/en/")
    assert answer.status_code == 200
    assert "Cookie" not in answer.get("Vary", "")


def test_the_last_second_factor_of_staff_cannot_be_removed() -> None:
    user = factories.coordinator(password="right-horse-battery")
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": "right-horse-battery"})
    client.post("/accounts/2fa/authenticate/", {"code": factories.code_of(user)})
    assert client.post("/accounts/2fa/totp/deactivate/").url.startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": "right-horse-battery"})
    page = client.post("/accounts/2fa/totp/deactivate/").content.decode()
    assert "set up another one first" in page
    assert not second_factor.is_missing(user)


def test_the_code_of_a_sample_account_is_printed_and_of_no_other() -> None:
    sample = factories.coordinator(is_sample=True)
    out = io.StringIO()
    call_command("sample_code", sample.email, stdout=out)
    assert out.getvalue().strip() == factories.code_of(sample)
    with pytest.raises(CommandError):
        call_command("sample_code", factories.coordinator().email)
