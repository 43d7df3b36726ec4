"""Writing a practice in a real browser: what gets lost on the way comes back, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from practices import cases, deciding, reviewing
from practices.models import Case
from tests import factories
from tests.browser.test_every_kind_of_page import VIEWS, faults
from tests.practices import cases as made

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "right-horse-battery"


@pytest.fixture
def home(transactional_db: None, live_server: Any) -> str:
    """The address of the portal."""
    factories.pages()
    factories.vocabulary()
    return live_server.url.replace("127.0.0.1", "localhost")


@contextmanager
def opened(browser: Browser, *, scripts: bool = True) -> Iterator[Page]:
    """A new page on a phone."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="en", reduced_motion="reduce", java_script_enabled=scripts
    )
    yield context.new_page()
    context.close()


def log_in(page: Page, home: str, user: Any, path: str) -> None:
    """Log in by password on the way to a page."""
    page.goto(home + path)
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("button.act").first.click()


def test_what_is_typed_survives_a_lost_connection_and_a_log_in_that_ran_out(browser: Browser, home: str) -> None:
    where = made.authority("Comune di Prova")
    author = made.author(where, password=PASSWORD)
    with opened(browser) as page:
        log_in(page, home, author, "/en/desk/practices/")
        page.get_by_role("link", name="Tell a practice").click()
        page.locator("[name=language]").select_option("it")
        page.get_by_role("button", name="Begin").click()
        case = Case.objects.get()
        saved, title = page.locator("#saved"), page.locator("[name=text-title]")
        title.fill("Un autobus")
        expect(saved).to_contain_text("Saved at", timeout=10_000)
        page.context.set_offline(True)
        title.fill("Un autobus per")
        expect(saved).to_contain_text("no connection", timeout=10_000)
        page.context.set_offline(False)
        page.evaluate("window.dispatchEvent(new Event('online'))")
        expect(saved).to_contain_text("Saved at", timeout=15_000)
        page.context.clear_cookies()
        title.fill("Un autobus per i laboratori")
        expect(saved).to_contain_text("logged out", timeout=10_000)
        other = page.context.new_page()
        log_in(other, home, author, "/en/desk/")
        expect(other.get_by_role("heading", level=1)).to_have_text("My desk")
        expect(saved).to_contain_text("Saved at", timeout=20_000)
    case.revision.refresh_from_db(fields=["document"])
    assert case.revision.document["texts"]["title"] == "Un autobus per i laboratori"


def test_without_scripts_each_step_saves_and_what_was_typed_comes_back(browser: Browser, home: str) -> None:
    where = made.authority()
    author = made.author(where, password=PASSWORD)
    case = made.draft(where, author)
    path = f"/en/desk/practices/{case.code_id}/step/1/"
    with opened(browser, scripts=False) as page:
        log_in(page, home, author, path)
        page.locator("[name=text-title]").fill("Without a script")
        page.get_by_role("button", name="Save and go on").click()
        assert re.search(r"/step/2/$", page.url)
        page.goto(home + path)
        page.locator("[name=text-title]").fill("Typed for an hour")
        cookies = [cookie for cookie in page.context.cookies() if cookie["name"] != "sessionid"]
        page.context.clear_cookies()
        page.context.add_cookies(cookies)
        page.get_by_role("button", name="Save and go on").click()
        page.locator("[name=login]").fill(author.email)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("button.act").first.click()
        expect(page.locator("[name=text-title]")).to_have_value("Typed for an hour")
    assert cases.problems(Case.objects.select_related("revision").get()) == []


@pytest.mark.parametrize("language", ["en", "el", "tr"])
def test_the_desk_of_practices_is_accessible_and_keeps_to_the_width_of_a_phone(
    browser: Browser, home: str, language: str
) -> None:
    where, editor = made.authority(), factories.coordinator()
    user = made.author(where, password=PASSWORD, language=language)
    draft, returned = made.draft(where, user), made.in_review(where, user, editor)
    reviewing.remark(returned, "evidence", "How do you know?", actor=editor)
    deciding.request_changes(returned, actor=editor, letter="Please add figures.")
    desk = f"/{language}/desk/practices/"
    places = [desk, f"{desk}new/", f"{desk}{draft.code_id}/read/", f"{desk}{returned.code_id}/"]
    places += [f"{desk}{draft.code_id}/step/{number}/" for number in range(1, 7)]
    found, views = {}, VIEWS if language == "el" else VIEWS[:1]
    with opened(browser) as page:
        log_in(page, home, user, desk)
        for address in places:
            page.goto(home + address)
            found[address] = faults(page, views)
        page.goto(f"{home}{desk}{draft.code_id}/step/1/")
        page.locator("[name=text-title]").fill("x" * 140)
        page.locator("[name=next]").click()
        found["with an error"] = faults(page)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
