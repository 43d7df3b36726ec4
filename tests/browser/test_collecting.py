"""A visitor's own list and a comparison, by keyboard alone, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_every_kind_of_page import faults, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def codes(page: Page) -> list[str]:
    return page.locator(".collected article").evaluate_all("all => all.map(one => one.dataset.code)")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    page.locator(selector).first.focus()
    page.keyboard.press(key)


def test_records_are_kept_put_in_order_taken_away_and_shared_by_keyboard(browser: Browser, portal: str) -> None:
    with opened(browser) as (page, complaints):
        page.goto(f"{portal}/en/fiches/")
        for code in ("CF-0001", "CF-0003", "CF-0007"):
            press(page, f"[data-keep={code}]", "Space")
            expect(page.locator(f"[data-keep={code}]")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("footer [data-own-list]")).to_have_text(re.compile(r"\(3\)"))
        # What is kept is known on other pages and in other languages.
        page.goto(f"{portal}/el/list/")
        expect(page.locator(".collected article")).to_have_count(3)
        assert codes(page) == ["CF-0001", "CF-0003", "CF-0007"]
        press(page, "#up-CF-0007")
        page.wait_for_url(re.compile("#up-CF-0007"))
        assert page.evaluate("document.activeElement.id") == "up-CF-0007"
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"code=CF-0007&code=CF-0001"))
        press(page, "button[name=away][value=CF-0001]")
        page.wait_for_selector("#undo")
        assert codes(page) == ["CF-0007", "CF-0003"]
        expect(page.locator("[data-own-count]").first).to_have_text("(2)")
        press(page, "#undo")
        page.wait_for_url(re.compile("CF-0007&code=CF-0001&code=CF-0003"))
        expect(page.locator("[data-own-count]").first).to_have_text("(3)")
        assert page.locator("[data-other]").is_hidden()
        assert not faults(page, [(360, "light"), (1280, "dark")]) + complaints
        address = page.locator("#share").input_value()
    with opened(browser) as (page, complaints):  # somebody else, on another device
        page.goto(portal + address[address.index("/el/") :])
        assert page.locator("[data-other]").is_visible()
        press(page, "[data-take=instead]")
        expect(page.locator("[data-own-count]").first).to_have_text("(3)")
        assert page.locator("[data-other]").is_hidden()
        assert not complaints


def test_practices_are_chosen_on_cards_and_compared(browser: Browser, portal: str) -> None:
    with opened(browser) as (page, complaints):
        page.goto(f"{portal}/el/practices/")
        for box in page.locator("input[form=compare]").all():
            box.focus()
            page.keyboard.press("Space")
        expect(page.locator("#compare output")).to_have_text("2")
        # Filters show other cards; what was chosen before is not lost.
        page.goto(f"{portal}/el/practices/?topic=guidance")
        press(page, "#compare button[type=submit]")
        page.wait_for_selector(".compared")
        expect(page.locator(".compared thead th")).to_have_count(2)
        assert not faults(page, [(360, "light"), (1280, "dark")]) + complaints
