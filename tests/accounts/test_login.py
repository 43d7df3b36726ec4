"""Logging in by password: no telling which addresses exist, and a pause after many failures."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from clavet.accounts import throttle
from clavet.accounts.models import FailedLogin, User
from tests import factories

ADDRESS = "/accounts/login/"


def attempt(client: Client, email: str, password: str, **extra: str) -> tuple[int, str]:
    """Try to log in; the status and what the page says."""
    answer = client.post(ADDRESS, {"login": email, "password": password}, **extra)
    return answer.status_code, answer.content.decode()


def said_alike(client: Client, address: str, known: str, unknown: str) -> bool:
    """Whether a form that takes an address answers the same for one with an account and one without."""
    answers = []
    for email in (known, unknown):
        client.cookies.clear()
        answer = client.post(address, {"email": email}, follow=True)
        page = answer.content.decode().replace(email, "…")
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        answers.append((answer.status_code, answer.redirect_chain, page))
    return answers[0] == answers[1]


@pytest.fixture
def somebody(db: None) -> User:
    """A coordinator with a password."""
    user = factories.coordinator()
    user.set_password("right-horse-battery")
    user.save()
    return user


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client, somebody: User) -> None:
    _status, wrong = attempt(client, somebody.email, "wrong")
    _status, unknown = attempt(client, "nobody@example.org", "wrong")
    error = 'class="error-summary"'
    assert error in wrong
    assert wrong.split(error)[1].split("</div>")[0] == unknown.split(error)[1].split("</div>")[0]


def test_after_five_failures_even_the_right_password_waits(client: Client, somebody: User) -> None:
    for _index in range(throttle.PER_ACCOUNT):
        attempt(client, somebody.email, "wrong")
    status, page = attempt(client, somebody.email, "right-horse-battery")
    assert status == 200
    assert "Too many attempts" in page


def test_the_pause_ends_by_itself_and_what_was_remembered_is_erased(client: Client, somebody: User) -> None:
    for _index in range(throttle.PER_ACCOUNT):
        attempt(client, somebody.email, "wrong")
    later = timezone.now() + throttle.WITHIN + datetime.timedelta(seconds=1)
    assert throttle.must_wait(somebody.email, "127.0.0.1")
    assert not throttle.must_wait(somebody.email, "127.0.0.1", later)
    assert throttle.forget_failures(later) == throttle.PER_ACCOUNT
    assert not FailedLogin.objects.exists()


def test_somebody_elses_failures_do_not_lock_out_another_address(client: Client, somebody: User) -> None:
    for _index in range(throttle.PER_ACCOUNT):
        attempt(client, somebody.email, "wrong", REMOTE_ADDR="198.51.100.7")
    status, _page = attempt(client, somebody.email, "right-horse-battery", REMOTE_ADDR="203.0.113.9")
    assert status == 302


def test_one_address_cannot_try_account_after_account(client: Client, somebody: User) -> None:
    for number in range(throttle.PER_ADDRESS):
        attempt(client, f"guess{number}@example.org", "wrong")
    _status, page = attempt(client, somebody.email, "right-horse-battery")
    assert "Too many attempts" in page


def test_neither_account_nor_address_can_be_read_off_what_is_remembered(client: Client, somebody: User) -> None:
    attempt(client, somebody.email, "wrong")
    row = FailedLogin.objects.get()
    assert somebody.email not in f"{row.account_digest}{row.address_digest}"
    assert "127.0.0.1" not in f"{row.account_digest}{row.address_digest}"


@pytest.mark.parametrize("address", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_asking_for_a_code_does_not_tell_whether_an_address_is_known(
    client: Client, somebody: User, address: str
) -> None:
    assert said_alike(client, address, somebody.email, "nobody@example.org")


def test_nobody_signs_up_without_being_invited(client: Client, db: None) -> None:
    answer = client.post("/accounts/signup/", {"email": "new@example.org", "password1": "right-horse-battery"})
    assert "invitation" in answer.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_who_has_a_second_factor_is_not_in_by_the_password_alone(client: Client, somebody: User) -> None:
    status, _page = attempt(client, somebody.email, "right-horse-battery")
    assert status == 302
    assert client.get("/en/desk/").status_code == 302
    assert client.get("/admin/").status_code == 302
    answer = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert answer.status_code == 200
    assert client.get("/en/desk/").status_code == 302
    answer = client.post("/accounts/2fa/authenticate/", {"code": factories.code_of(somebody)})
    assert (answer.status_code, answer["Location"]) == (302, "/en/desk/")
    assert client.get("/admin/").status_code == 200


def test_codes_of_a_second_factor_cannot_be_tried_without_end(client: Client, somebody: User) -> None:
    attempt(client, somebody.email, "right-horse-battery")
    for _index in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    answer = client.post("/accounts/2fa/authenticate/", {"code": factories.code_of(somebody)})
    assert "Too many attempts" in answer.content.decode()
    assert client.get("/en/desk/").status_code == 302


def test_the_log_in_of_the_admin_is_the_portals_own(client: Client, somebody: User) -> None:
    answer = client.get("/admin/login/?next=/admin/contact/message/")
    assert answer["Location"] == "/accounts/login/?next=/admin/contact/message/"
    assert client.post("/admin/login/", {"username": somebody.email, "password": "right-horse-battery"}).url.startswith(
        "/accounts/login/"
    )


def test_somebody_who_may_not_administer_is_told_so_instead_of_being_sent_in_circles(client: Client, db: None) -> None:
    client.force_login(factories.person())
    assert client.get("/admin/", follow=True).status_code == 403


def test_after_a_log_in_one_is_never_sent_to_another_site(client: Client, db: None) -> None:
    user = factories.person(password="right-horse-battery")
    answer = client.post(
        f"{ADDRESS}?next=https://evil.example/", {"login": user.email, "password": "right-horse-battery"}
    )
    assert answer["Location"] == "/en/desk/"
