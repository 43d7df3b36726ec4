"""Accounts as people meet them: an invitation, a second factor, a passkey, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from clavet.accounts import second_factor
from clavet.mail.models import Email
from network import joining
from tests import factories
from tests.browser.test_every_kind_of_page import VIEWS, faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "right-horse-battery"


@pytest.fixture
def home(transactional_db: None, live_server: Any) -> str:
    """The address of the portal, under the name for which browsers allow passkeys."""
    factories.pages()
    return live_server.url.replace("127.0.0.1", "localhost")


@contextmanager
def opened(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A new page on a phone, and what its console complains of."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en", reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page, complaints
    context.close()


def log_in(page: Page, home: str, email: str, password: str = PASSWORD) -> None:
    """Log in by password; a second factor is asked for afterwards."""
    page.goto(f"{home}/en/desk/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Log in", exact=True).click()


def test_from_the_invitation_to_the_desk(browser: Browser, home: str) -> None:
    place = factories.authority("Comune di Prova")
    joining.invite(actor=factories.coordinator(), address="new@example.org", authority=place, language="it")
    path = re.search(r"/accounts/invitation/\S+", Email.objects.get(name="network.invitation").text)[0]
    with opened(browser) as (page, complaints):
        page.goto(home + path)
        assert page.locator("html").get_attribute("lang") == "it"
        page.goto(home + path.replace("language=it", "language=en"))
        page.get_by_label("Your name").fill("Nuova Persona")
        page.get_by_label("Password").fill("short")
        page.get_by_role("button", name="Accept and open an account").click()
        expect(page.locator(".error-summary")).to_be_visible()
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Accept and open an account").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("My desk")
        expect(page.get_by_text("Comune di Prova").first).to_be_visible()
        page.get_by_role("link", name="Log out").click()
        page.get_by_role("button", name="Log out").click()
        page.goto(f"{home}/en/desk/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Log in")
        assert [text for text in complaints if "400" not in text] == []


def test_staff_sets_up_an_authenticator_app_and_logs_in_with_it(browser: Browser, home: str) -> None:
    user = factories.coordinator(second_factor=False, password=PASSWORD)
    with opened(browser) as (page, complaints):
        log_in(page, home, user.email)
        expect(page.get_by_text("Your role asks for a second factor")).to_be_visible()
        page.get_by_role("link", name="Set up an authenticator app").click()
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Continue").click()
        expect(page.locator(".square svg")).to_be_visible()
        secret = page.locator(".totp code").inner_text().strip()
        page.get_by_label("Code").fill(factories.code_for(secret))
        page.get_by_role("button", name="Set up").click()
        assert page.locator(".recovery-codes li").count() == 10
        recovery = page.locator(".recovery-codes li").first.inner_text().strip()
        page.goto(f"{home}/admin/")
        assert "/admin/" in page.url
        page.context.clear_cookies()
        log_in(page, home, user.email)
        expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")
        page.get_by_label("Code").fill(recovery)
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("My desk")
        assert complaints == []


def test_a_passkey_is_added_and_lets_in_by_itself(browser: Browser, home: str) -> None:
    user = factories.coordinator(second_factor=False, password=PASSWORD)
    with opened(browser) as (page, complaints):
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        log_in(page, home, user.email)
        page.get_by_role("link", name="Add a passkey").click()
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("Log in with it alone, without a password").check()
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_text("The passkey is added.")).to_be_visible()
        assert not second_factor.is_missing(user)
        page.context.clear_cookies()
        page.goto(f"{home}/en/desk/")
        page.get_by_role("button", name="Log in with a passkey").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("My desk")
        assert complaints == []


@pytest.mark.parametrize("language", ["en", "el", "tr"])
def test_the_pages_of_a_person_are_accessible_and_keep_to_the_width_of_a_phone(
    browser: Browser, home: str, language: str
) -> None:
    user = factories.coordinator(password=PASSWORD, language=language)
    place = factories.authority()
    invitation = joining.invite(actor=user, address="a@example.org", authority=place, language=language)
    path = re.search(r"/accounts/invitation/\S+", Email.objects.get(name="network.invitation").text)[0]
    query = f"?language={language}"
    outside = ["/accounts/login/", "/accounts/login/code/", "/accounts/password/reset/", "/accounts/signup/"]
    inside = ["/accounts/2fa/", "/accounts/email/", "/accounts/password/change/", "/accounts/sessions/"]
    desk = [f"/{language}/desk/", f"/{language}/desk/profile/", f"/{language}/desk/invitations/"]
    found, views = {}, VIEWS if language == "el" else VIEWS[:1]
    with opened(browser) as (page, complaints):
        for address in (*(f"{item}{query}" for item in outside), path, f"/{language}/join/"):
            page.goto(home + address)
            found[address] = faults(page, views)
        page.goto(f"{home}/accounts/login/{query}")
        page.locator("[name=login]").fill(user.email)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("button.act").click()
        found["second factor"] = faults(page, views)
        page.locator("[name=code]").fill(factories.code_of(user))
        page.locator("button.act").click()
        for address in (*desk, *inside):
            page.goto(home + address)
            found[address] = faults(page, views)
        assert complaints == []
    assert invitation.is_open()
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
