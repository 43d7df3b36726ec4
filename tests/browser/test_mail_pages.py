"""The pages about one's e-mails, and the e-mails themselves, as a browser shows them."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser

from clavet.languages import CODES
from clavet.mail import addresses, registry
from clavet.mail.models import Email, Preference, key_of
from clavet.mail.previewing import preview
from tests.browser.test_every_kind_of_page import VIEWS, faults, opened
from tests.factories import coordinator

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["el", "fr"])
def test_e_mails_are_chosen_and_stopped_on_pages_that_are_accessible(
    language: str, browser: Browser, transactional_db: None, live_server: Any, client: Client
) -> None:
    person = coordinator(language=language)
    client.force_login(person)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    stop = addresses.stop_url(key_of(person), "contact.arrived", language).removeprefix(settings.SITE_URL)
    with opened(browser) as (page, complaints):
        page.goto(f"{live_server.url}{stop}")
        assert not faults(page) + complaints
        page.locator("main form button").click()
        page.locator("main form button[name=undo]").wait_for()
        assert Preference.objects.get().choice == "never"
        assert not faults(page) + complaints
        page.context.add_cookies([{**cookie, "url": live_server.url}])
        page.goto(f"{live_server.url}/accounts/mail/")
        assert page.url == f"{live_server.url}/{language}/mail/"
        # A coordinator can get several kinds of e-mail; the question of this one is the one that was stopped.
        assert page.locator("input[name='contact.arrived']:checked").get_attribute("value") == "never"
        assert not faults(page) + complaints
        page.locator("input[name='contact.arrived'][value=daily]").check()
        page.locator("main form button").click()
        page.locator("main [role=status]").wait_for()
        assert Preference.objects.get(name="contact.arrived").choice == "daily"
        assert not faults(page) + complaints


@pytest.mark.parametrize("language", CODES)
def test_e_mails_are_legible_by_day_and_by_night_and_on_a_phone(
    language: str, browser: Browser, transactional_db: None
) -> None:
    with opened(browser) as (page, complaints):
        # All e-mails have one frame: each is looked at in three languages, and all together in all nine.
        for message in list(registry.MESSAGES.values())[CODES.index(language) % 3 :: 3]:
            page.set_content(preview(message, language).html)
            # An e-mail is a letter and has no landmarks.
            landmarks = ("landmark-one-main", "region", "page-has-heading-one")
            assert not [fault for fault in faults(page, VIEWS[:2]) if not any(name in fault for name in landmarks)]
        assert not complaints


def test_staff_read_an_e_mail_in_the_admin_and_nothing_breaks_the_policy(
    browser: Browser, transactional_db: None, live_server: Any, client: Client
) -> None:
    person = coordinator()
    client.force_login(person)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    shown = preview(registry.get("contact.arrived"), "en")
    shown.save()
    with opened(browser) as (page, complaints):
        page.context.add_cookies([{**cookie, "url": live_server.url}])
        page.goto(f"{live_server.url}/admin/mail/email/")
        assert shown.subject in page.locator("#result_list").inner_text()
        page.goto(f"{live_server.url}/admin/mail/email/{Email.objects.get().pk}/change/")
        assert "<!doctype html>" in page.locator("#content").inner_text()
        page.set_viewport_size({"width": 360, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert not complaints
