"""What an account is sent."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from clavet.accounts import mails
from clavet.mail.models import Email
from tests import factories

pytestmark = pytest.mark.django_db


def code_to(address: str, name: str) -> str:
    """The code in the last e-mail of a kind."""
    text = Email.objects.filter(name=f"accounts.{name}", address=address).latest("pk").text
    found = re.search(r"\b([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\b", text.replace("CLAVET", ""))
    assert found, text
    return found[1]


def test_one_logs_in_with_a_code_and_without_a_password(client: Client) -> None:
    user = factories.person(language="el")
    client.post("/accounts/login/code/?next=/el/desk/", {"email": user.email, "next": "/el/desk/"})
    message = Email.objects.get(name="accounts.login_code")
    assert (message.language, message.address) == ("el", user.email)
    answer = client.post(
        "/accounts/login/code/confirm/", {"code": code_to(user.email, "login_code"), "next": "/el/desk/"}
    )
    assert answer["Location"] == "/el/desk/"
    assert client.get("/el/desk/").status_code == 200


def test_an_unknown_address_gets_a_mail_that_says_so_and_no_code(client: Client) -> None:
    client.post("/accounts/login/code/", {"email": "nobody@example.org"}, headers={"accept-language": "tr"})
    message = Email.objects.get()
    assert (message.name, message.language) == ("accounts.unknown", "tr")
    assert client.post("/accounts/login/code/confirm/", {"code": ""}).status_code == 200


def test_three_wrong_codes_are_the_last(client: Client) -> None:
    user = factories.person()
    client.post("/accounts/login/code/", {"email": user.email})
    for _index in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "AAAAAA"})
    client.post("/accounts/login/code/confirm/", {"code": code_to(user.email, "login_code")})
    assert client.get("/en/desk/").status_code == 302


def test_a_forgotten_password_is_replaced_by_way_of_a_code(client: Client) -> None:
    user = factories.person(password="right-horse-battery")
    client.post("/accounts/password/reset/", {"email": user.email})
    answer = client.post("/accounts/password/reset/confirm/", {"code": code_to(user.email, "password_code")})
    assert answer.status_code == 302
    assert client.post("/accounts/password/reset/complete/", {"password1": "another-horse-battery"}).status_code == 302
    user.refresh_from_db()
    assert user.check_password("another-horse-battery")
    assert Email.objects.filter(name="accounts.password_changed", user=user).count() == 1


def test_a_new_address_holds_once_its_code_is_entered(client: Client) -> None:
    user = factories.person(password="right-horse-battery")
    client.post("/accounts/login/", {"login": user.email, "password": "right-horse-battery"})
    client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    user.refresh_from_db()
    assert user.email != "new@example.org"
    client.post("/accounts/confirm-email/", {"code": code_to("new@example.org", "address_code")})
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert list(EmailAddress.objects.filter(user=user).values_list("email", flat=True)) == ["new@example.org"]


def test_an_address_that_belongs_to_somebody_else_is_not_given_away(client: Client) -> None:
    other = factories.person()
    user = factories.person(password="right-horse-battery")
    client.post("/accounts/login/", {"login": user.email, "password": "right-horse-battery"})
    pages = []
    for address in (other.email, "free@example.org"):
        answer = client.post("/accounts/email/", {"email": address, "action_add": ""}, follow=True)
        page = re.sub(r'value="\w{64}"', "", answer.content.decode().replace(address, "…"))
        pages.append((answer.status_code, answer.redirect_chain, page))
    assert pages[0] == pages[1]
    client.post("/accounts/email/", {"email": other.email, "action_add": ""})
    client.post("/accounts/confirm-email/", {"code": code_to(other.email, "address_code")})
    user.refresh_from_db()
    assert user.email != other.email


def test_there_is_a_message_for_everything_that_allauth_sends() -> None:
    from pathlib import Path

    import allauth

    folder = Path(allauth.__file__).parent / "templates"
    sent = {
        str(path.relative_to(folder)).removesuffix("_message.txt")
        for app in ("account", "mfa", "socialaccount")
        for path in folder.glob(f"{app}/email/*_message.txt")
    }
    # Links are not sent where codes are, and nobody signs up under an address that is taken.
    never = {"account/email/base", "account/email/password_reset_key", "account/email/account_already_exists"}
    assert sent - set(mails.KINDS) <= never
