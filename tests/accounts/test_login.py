"""Logging in to the admin: no telling which addresses exist, and a pause after many failures."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from clavet.accounts import throttle
from clavet.accounts.models import FailedLogin, User
from tests import factories

ADDRESS = "/admin/login/"


def attempt(client: Client, email: str, password: str, **extra: str) -> tuple[int, str]:
    """Try to log in; the status and what the page says."""
    answer = client.post(ADDRESS, {"username": email, "password": password}, **extra)
    return answer.status_code, answer.content.decode()


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
    error = "errornote"
    assert error in wrong
    assert wrong.split(error)[1].split("</p>")[0] == unknown.split(error)[1].split("</p>")[0]


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
