"""Every kind of page in every language, in a real browser: policy, accessibility, width, keyboard, no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from clavet.languages import CODES
from tests.factories import coordinator

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What each kind of page is, and where it is to be found below ``/<language>/``.
KINDS = {
    "home": "",
    "list": "fiches/",
    "list with filters": "fiches/?topic=initial-vet&phase=implementation&sort=title",
    "empty list": "fiches/?kind=training_unit&country=IE",
    "search": "search/",
    "results": "search/?q=Reggio",
    "results that are in other languages": "search/?q=Roma",
    "nothing found": "search/?q=xqzvbn+bus",
    "fiche": "fiches/CF-0001/",
    "practices": "practices/?outcome=partly",
    "practice": "practices/BP-0007/",
    "practice in another language": "practices/BP-0021/",
    "practices side by side": "practices/compare/?code=BP-0007&code=BP-0021",
    "list of a visitor": "list/?code=CF-0001&code=BP-0007&code=CF-0011&title=Ours",
    "directory with its map": "network/?view=map",
    "authority": "network/AU-0025/",
    "guide": "guide-criteria/",
    "guide with tables": "guide-writing/",
    "guide for reviewers": "guide-review/",
    "outdated in Croatian and Turkish": "fiches/CF-0003/",
    "policy tool": "fiches/CF-0007/",
    "in its own language or in few": "fiches/CF-0013/",
    "summary only in English": "fiches/CF-0016/",
    "older version": "fiches/CF-0003/v/1/",
    "withheld version": "fiches/CF-0012/v/1/",
    "withdrawn": "fiches/CF-0011/",
    "topics": "topics/",
    "topic": "topics/early-leaving/",
    "about": "about/",
    "partners": "partners/",
    "help": "help/",
    "accessibility": "accessibility/",
    "privacy": "privacy/",
    "legal": "legal/",
    "contact": "contact/",
    "report an error": "contact/error/CF-0001/",
    "offer a translation": "contact/translation/CF-0013/",
    "sent": "contact/sent/",
    "nothing here": "nothing-here/",
}
VIEWS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
# Colours and widths of a page are looked at in Greek or in Dutch, which have other letters and the longest words; what
# a language changes beside them shows on a phone, and each page is looked at there in three other languages.
ALL_VIEWS_IN = ("el", "nl")
AXE = Axe()
WHERE_AM_I = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const style = getComputedStyle(at);
  return [at.outerHTML.slice(0, 120), style.outlineStyle !== "none" && style.outlineWidth !== "0px"];
}"""
COUNT_SHIFTS = """
window.shifts = 0;
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shifts += entry.value })
  .observe({type: "layout-shift", buffered: true});
"""


@contextmanager
def opened(browser: Browser, **options: object) -> Iterator[tuple[Page, list[str]]]:
    """A new page of the browser, and what its console complains of."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", **options)
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console",
        # An answer of 404 or 410 is a complaint of the console as well, but those pages are asked for.
        lambda said: complaints.append(said.text) if said.type == "error" and "status of 4" not in said.text else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page, complaints
    context.close()


def faults(page: Page, views: list[tuple[int, str]] = VIEWS) -> list[str]:
    """What axe finds, and whether the page is wider than the window, in both widths, light and dark."""
    found = []
    for width, scheme in views:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        for violation in AXE.run(page).response["violations"]:
            where = violation["nodes"][0]["html"][:160]
            found.append(f"{width} {scheme}: {violation['id']}: {where}")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{width}: wider than the window")
    return found


def views_of(number: int, language: str) -> list[tuple[int, str]]:
    """The views in which the page of this number is looked at in a language: pages take turns."""
    if language in ALL_VIEWS_IN:
        return VIEWS if ALL_VIEWS_IN[number % 2] == language else []
    return VIEWS[:1] if (number + CODES.index(language)) % 3 == 0 else []


@pytest.mark.parametrize("language", CODES)
def test_every_kind_of_page_is_accessible_and_keeps_the_policy(browser: Browser, portal: str, language: str) -> None:
    found = {}
    with opened(browser) as (page, complaints):
        for number, (kind, path) in enumerate(KINDS.items()):
            page.goto(f"{portal}/{language}/{path}")
            wrong = faults(page, views_of(number, language)) + complaints
            complaints.clear()
            if wrong:
                found[kind] = wrong
        page.goto(f"{portal}/{language}/contact/")
        page.locator("main form button").click()
        page.wait_for_selector(".error-summary")
        wrong = faults(page, VIEWS if language in ALL_VIEWS_IN else VIEWS[:1]) + complaints
        if wrong:
            found["contact with errors"] = wrong
        page.goto(f"{portal}/admin/login/")
        if complaints:
            found["log-in"] = list(complaints)
    assert not found


def test_a_list_is_filtered_by_keyboard_alone_and_keeps_its_place(browser: Browser, portal: str) -> None:
    with opened(browser) as (page, complaints):
        page.goto(f"{portal}/el/fiches/")
        assert page.locator(".cards").get_attribute("data-total") == "15"
        page.locator("#label-kind").focus()
        if not page.locator("#facet-kind").evaluate("element => element.open"):
            page.keyboard.press("Enter")
        box = page.locator("#option-kind-policy_tool")
        box.focus()
        with page.expect_response(lambda answer: "kind=policy_tool" in answer.url):
            page.keyboard.press("Space")
        page.wait_for_selector(".cards[data-total='2']")
        assert box.evaluate("element => element === document.activeElement")
        page.wait_for_url(re.compile("kind=policy_tool"))
        assert not complaints


def test_suggestions_are_chosen_by_keyboard_and_said_to_a_screen_reader(browser: Browser, portal: str) -> None:
    with opened(browser) as (page, complaints):
        page.goto(f"{portal}/el/fiches/")
        field = page.locator("form[role=search] input")
        field.press_sequentially("σχολ")
        page.wait_for_selector("[role=listbox] [role=option]")
        assert field.get_attribute("aria-expanded") == "true"
        assert not faults(page)
        page.set_viewport_size({"width": 1280, "height": 800})
        field.press("ArrowDown")
        chosen = page.locator("[role=option][aria-selected=true]")
        assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
        field.press("Escape")
        assert field.get_attribute("aria-expanded") == "false"
        field.press("End")
        field.press_sequentially("ε")
        page.wait_for_selector("[role=listbox]:not([hidden]) [role=option]")
        field.press("ArrowDown")
        with page.expect_navigation():
            field.press("Enter")
        assert "/el/topics/" in page.url
        assert not complaints


def test_without_script_the_search_field_leads_to_the_results(browser: Browser, portal: str) -> None:
    with opened(browser, java_script_enabled=False) as (page, _complaints):
        page.goto(f"{portal}/tr/fiches/")
        page.locator("form[role=search] input").fill("okul")
        page.locator("form[role=search] button").click()
        assert "/tr/search/?q=okul" in page.url
        assert int(page.locator(".hits").get_attribute("data-total")) > 0


def test_the_way_to_the_content_is_the_first_thing_a_keyboard_finds(browser: Browser, portal: str) -> None:
    with opened(browser) as (page, _complaints):
        page.goto(f"{portal}/tr/")
        page.keyboard.press("Tab")
        link = page.locator(".skip-link")
        assert link.evaluate("element => element === document.activeElement")
        assert link.bounding_box()["y"] >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_everything_that_can_be_reached_by_keyboard_shows_where_one_is(browser: Browser, portal: str) -> None:
    with opened(browser) as (page, _complaints):
        for path in ("/en/", "/en/fiches/", "/en/fiches/CF-0007/", "/en/contact/"):
            page.goto(portal + path)
            reached = set()
            for _press in range(300):
                page.keyboard.press("Tab")
                state = page.evaluate(WHERE_AM_I)
                if state is None:
                    break
                reached.add(state[0])
                assert state[1], f"no focus to be seen on {state[0]}"
            assert len(reached) > 10


def test_the_language_menu_opens_by_keyboard_and_stays_on_the_record(browser: Browser, portal: str) -> None:
    with opened(browser) as (page, _complaints):
        page.goto(f"{portal}/en/fiches/CF-0001/")
        page.locator(".language-menu summary").focus()
        page.keyboard.press("Enter")
        page.locator(".language-menu a[lang=el]").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/el/fiches/CF-0001/"))
        assert page.locator("html").get_attribute("lang") == "el"


def test_without_script_a_visitor_filters_changes_language_and_writes(browser: Browser, portal: str) -> None:
    with opened(browser, java_script_enabled=False) as (page, _complaints):
        page.goto(f"{portal}/ro/fiches/")
        page.locator("#label-kind").click()
        page.locator("#option-kind-training_unit").check()
        page.locator("form.facets button.apply").click()
        assert page.locator(".cards").get_attribute("data-total") == "2"
        page.locator(".language-menu summary").click()
        page.locator(".language-menu a[lang=hr]").click()
        assert "kind=training_unit" in page.url
        assert page.locator("html").get_attribute("lang") == "hr"
        page.goto(f"{portal}/hr/contact/")
        page.locator("textarea").fill("Jedno pitanje.")
        page.locator("main form button").click()
        assert page.url.endswith("/hr/contact/sent/")


def test_ticks_of_a_checklist_stay_on_the_device(browser: Browser, portal: str) -> None:
    with opened(browser) as (page, complaints):
        page.goto(f"{portal}/en/fiches/CF-0007/")
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.locator("#checklist input[type=checkbox]").first.check()
        # The browser asks for the site's icon whenever it likes.
        assert not [url for url in requests if not url.endswith("favicon.svg")]
        page.reload()
        assert page.locator("#checklist input[type=checkbox]").first.is_checked()
        assert not complaints


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_a_page_loads_and_no_script_holds_it_up(browser: Browser, portal: str, width: int) -> None:
    with opened(browser) as (page, _complaints):
        page.set_viewport_size({"width": width, "height": 800})
        page.add_init_script(COUNT_SHIFTS)
        for path in ("/en/", "/el/fiches/", "/tr/fiches/CF-0001/", "/en/topics/early-leaving/"):
            page.goto(portal + path)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("window.shifts") == 0, path
            assert page.locator("script[src]:not([defer]):not([type=module]):not([async])").count() == 0, path


def test_what_needs_a_script_is_there_with_one_and_gone_without(browser: Browser, portal: str) -> None:
    for scripts in (True, False):
        with opened(browser, java_script_enabled=scripts) as (page, _complaints):
            page.goto(f"{portal}/en/fiches/CF-0001/")
            assert page.locator("#print").is_visible() is scripts
            page.goto(f"{portal}/en/fiches/")
            assert page.locator("form.facets button.apply").is_visible() is not scripts


def test_without_htmx_the_filters_can_still_be_sent(browser: Browser, portal: str) -> None:
    with opened(browser) as (page, _complaints):
        page.route(re.compile("htmx"), lambda route: route.abort())
        page.goto(f"{portal}/en/fiches/")
        page.locator("form.facets button.apply").click()
        assert page.locator(".cards").get_attribute("data-total")


def test_on_a_phone_the_desk_of_coordinators_scrolls_its_tables_and_not_the_page(
    browser: Browser, portal: str, client: Client
) -> None:
    client.force_login(coordinator())
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    with opened(browser, locale="el") as (page, _complaints):
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": portal}])
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto(f"{portal}/admin/fiches/fiche/")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        page.locator("#result_list a", has_text="CF-0003").click()
        assert page.locator(".desk table").count()
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_printed_fiche_is_a_document(browser: Browser, portal: str) -> None:
    with opened(browser) as (page, _complaints):
        page.goto(f"{portal}/en/fiches/CF-0001/")
        page.emulate_media(media="print")
        assert not page.locator(".masthead nav").first.is_visible()
        assert page.locator("article h1").is_visible()
        assert page.locator(".print-footer").is_visible()
