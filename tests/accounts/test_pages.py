"""The pages below /accounts/: their languages, their words, what they set."""

from __future__ import annotations

import pytest
from django.test import Client

from clavet.accounts import browsers
from clavet.languages import CODES
from tests import factories

pytestmark = pytest.mark.django_db


def lang_of(client: Client, address: str, **headers: str) -> str:
    """The language of the page at an address."""
    page = client.get(address, headers=headers).content.decode()
    return page.split('<html lang="')[1][:2]


def test_the_language_is_the_browsers_until_one_is_picked(client: Client) -> None:
    assert lang_of(client, "/accounts/login/", accept_language="hr") == "hr"
    assert lang_of(client, "/accounts/login/?language=tr", accept_language="hr") == "tr"
    assert lang_of(client, "/accounts/password/reset/", accept_language="hr") == "tr"


def test_the_account_knows_better_than_the_browser() -> None:
    client = Client()
    client.force_login(factories.person(language="ro"))
    assert lang_of(client, "/accounts/email/", accept_language="hr") == "ro"
    assert lang_of(client, "/accounts/email/?language=es", accept_language="hr") == "es"


def test_what_is_picked_is_remembered_below_accounts_only(client: Client) -> None:
    answer = client.get("/accounts/login/?language=el")
    assert answer.cookies["clavet_language"]["path"] == "/accounts/"
    assert "clavet_language" not in client.get("/accounts/login/", headers={"accept-language": "el"}).cookies
    again = client.get("/accounts/login/?language=en", headers={"accept-language": "en"}, follow=True)
    assert again.cookies["clavet_language"].value == "en"


def test_a_language_that_is_none_changes_nothing(client: Client) -> None:
    assert lang_of(client, "/accounts/login/?language=xx", accept_language="nl") == "nl"


@pytest.mark.parametrize("language", CODES)
def test_from_the_desk_one_comes_to_the_log_in_page_of_the_same_language(client: Client, language: str) -> None:
    answer = client.get(f"/{language}/desk/", headers={"accept-language": "en"})
    assert answer["Location"].startswith(f"/accounts/login/?language={language}&next=%2F{language}%2Fdesk%2F")
    assert lang_of(client, answer["Location"]) == language


def test_the_language_menu_leads_to_the_same_page(client: Client) -> None:
    page = client.get("/accounts/login/?next=/en/desk/").content.decode()
    assert 'href="/accounts/login/?language=fr&amp;next=%2Fen%2Fdesk%2F"' in page


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/", "/en/desk/"])
def test_nothing_of_it_is_kept(client: Client, address: str) -> None:
    assert "no-store" in client.get(address)["Cache-Control"]


def test_pages_of_other_services_are_not_there_without_one(client: Client) -> None:
    assert client.get("/accounts/services/").status_code == 404
    assert "Log in with" not in client.get("/accounts/login/").content.decode().replace("Log in with a", "")


def test_a_browser_is_named_as_people_name_it() -> None:
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0"
    safari = (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"
    )
    assert browsers.in_words(firefox) == "Firefox on Windows"
    assert browsers.in_words(safari) == "Safari on iPhone"
    assert "curl" not in browsers.in_words("curl/8.1 <script>")


def test_a_new_password_ends_what_is_open_elsewhere() -> None:
    user = factories.person(password="right-horse-battery")
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        browser.post("/accounts/login/", {"login": user.email, "password": "right-horse-battery"})
        assert browser.get("/en/desk/").status_code == 200
    assert here.get("/accounts/sessions/").content.decode().count("Network address:") == 2
    here.post(
        "/accounts/password/change/", {"oldpassword": "right-horse-battery", "password1": "another-horse-battery"}
    )
    assert here.get("/en/desk/").status_code == 200
    assert elsewhere.get("/en/desk/").status_code == 302
