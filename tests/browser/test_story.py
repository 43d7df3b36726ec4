"""The whole story of a practice, as the people in it meet it: from the invitation to an adoption and a fiche."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from clavet.mail.models import Email
from network.models import Authority
from practices import rubric
from practices.models import Adoption, Case, Practice
from tests import factories
from tests.browser.test_writing import PASSWORD, home, log_in, opened
from tests.practices import cases as made

__all__ = ["home"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Un autobus per i laboratori"
# What the author writes, step by step; what is not a text is the value of the choice.
WRITTEN: tuple[dict[str, str], ...] = (
    {
        "text-title": TITLE, "text-summary": "Gli apprendisti arrivano ai laboratori in orario.",
        "place_name": "Prova", "period_from": "2019-09", "topics": "apprenticeships", "phases": "implementation",
        "sectors": "initial_vet", "target_groups": "apprentices", "governance_level": "municipal", "countries": "IT",
    },
    {"text-challenge": "Nessun mezzo pubblico.", "text-what_was_done": "Un bus.", "text-participation": "Le scuole."},
    {
        "budget_amount": "40000", "budget_period": "yearly", "people": "1.5", "funding_sources": "own",
        "months_to_results": "8",
    },
    {
        "outcome": "partly", "text-evidence": "Più presenze.", "evaluation": "internal",
        "text-what_did_not_work": "Il primo orario era sbagliato.",
    },
    {
        "text-how_to_transfer": "Chiedere prima gli orari.", "text-depends_on": "Una rimessa.",
        "text-after_funding": "Il Comune continua.", "contact": "",
    },
    {"licence": "CC-BY-4.0"},
)  # fmt: skip
LETTER = "Aggiungete una cifra."


class People:
    """Everybody who takes part, each in a browser of her own."""

    def __init__(self, browser: Browser, home: str, stack: ExitStack, *, scripts: bool) -> None:
        self.browser, self.home, self.stack, self.scripts = browser, home, stack, scripts

    def page(self) -> Page:
        """A page in a browser that knows nobody."""
        page = self.stack.enter_context(opened(self.browser, scripts=self.scripts))
        page.set_default_timeout(30_000)
        return page

    def logged_in(self, user: Any, path: str = "/en/desk/") -> Page:
        """The page of somebody who has logged in on the way to ``path``."""
        page = self.page()
        log_in(page, self.home, user, path)
        return page


@contextmanager
def gathered(browser: Browser, home: str, *, scripts: bool = True) -> Iterator[People]:
    """People, as long as the story lasts."""
    with ExitStack() as stack:
        yield People(browser, home, stack, scripts=scripts)


def answer(page: Page, name: str, value: str) -> None:
    """Answer one question of a form, whatever it is made of; without a value the last that is offered."""
    fields = page.locator(f"[name='{name}']")
    if fields.first.evaluate("field => field.tagName") == "SELECT":
        if value:
            fields.first.select_option(value)
        else:
            fields.first.select_option(index=fields.first.locator("option").count() - 1)
    elif fields.first.get_attribute("type") in ("checkbox", "radio"):
        box = page.locator(f"[name='{name}'][value='{value}']")
        folded = box.locator("xpath=ancestor::details[not(@open)]/summary")
        while not box.is_visible() and folded.count():
            folded.first.click()
        box.check()
    else:
        fields.first.fill(value)


def write(page: Page, number: int) -> None:
    """Fill in one step and go on to the next."""
    for name, value in WRITTEN[number - 1].items():
        answer(page, name, value)
    page.locator("button[name=next]").click()
    page.wait_for_url(re.compile(r"/read/" if number == len(WRITTEN) else f"/step/{number + 1}/"))


def invited(people: People, coordinator: Page, address: str, place: Authority) -> Page:
    """A coordinator invites somebody to write for an authority; she opens her account, in Italian."""
    coordinator.goto(f"{people.home}/en/desk/invitations/")
    for name, value in {"address": address, "authority": str(place.pk), "role": "author", "language": "it"}.items():
        answer(coordinator, name, value)
    coordinator.locator("main form button.act").last.click()
    path = re.search(r"/accounts/invitation/\S+", Email.objects.get(name="network.invitation").text)[0]
    page = people.page()
    page.goto(people.home + path)
    assert page.locator("html").get_attribute("lang") == "it"
    page.locator("[name=name]").fill("Nuova Persona")
    page.locator("input[type=password]").first.fill(PASSWORD)
    page.locator("main form button.act").first.click()
    page.wait_for_url(re.compile("/it/desk/"))
    return page


def begun(people: People, page: Page) -> Case:
    """The author begins a practice in Italian."""
    page.goto(f"{people.home}/it/desk/practices/new/")
    page.locator("[name=language]").select_option("it")
    page.locator("main form button.act").click()
    page.wait_for_url(re.compile("/step/1/"))
    return Case.objects.get()


def interrupted(people: People, page: Page, case: Case) -> None:
    """The connection breaks off, and then the log-in runs out: what was typed is kept both times."""
    saved, title = page.locator("#saved"), page.locator("[name=text-title]")
    kept = saved.inner_text()
    page.context.set_offline(True)
    title.fill("Un autobus")
    expect(saved).not_to_have_text(kept, timeout=20_000)
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_function("document.querySelector('[name=seen]').value > 0", timeout=30_000)
    page.context.clear_cookies()
    title.fill("Un autobus per")
    other = page.context.new_page()
    log_in(other, people.home, case.revision.author, "/it/desk/")
    other.wait_for_url(re.compile("/it/desk/"))
    other.close()
    page.reload()
    page.locator("[name=text-title]").wait_for()


def judged(people: People, reviewer: Any) -> None:
    """A reviewer finds on her desk what she was asked to judge, and judges it."""
    page = people.logged_in(reviewer)
    page.get_by_role("link", name=TITLE).first.click()
    for name in rubric.CRITERIA:
        page.locator(f"[name={name}][value='4']").check()
    page.locator("[name=recommendation][value=accept]").check()
    page.locator("[name=for_author]").fill("Clear and honest.")
    page.get_by_role("button", name="Give the review").click()
    expect(page.get_by_text("You have given this review.")).to_be_visible()
    page.context.close()


def decide(people: People, coordinator: Page, action: str, text: str = "") -> None:
    """The coordinator takes a step in the dossier."""
    coordinator.goto(f"{people.home}/admin/practices/case/{Case.objects.get().pk}/change/")
    if text:
        coordinator.locator("#text").fill(text)
    coordinator.locator(f"button[name=action][value={action}]").click()


def asked(people: People, coordinator: Page, reviewer: Any) -> None:
    """The coordinator asks a reviewer who was proposed."""
    coordinator.goto(f"{people.home}/admin/practices/case/{Case.objects.get().pk}/change/")
    coordinator.locator(f"button[name=reviewer][value='{reviewer.pk}']").click()


def state() -> str:
    return Case.objects.get().state


@pytest.mark.parametrize("scripts", [True, False])
def test_a_practice_is_told_judged_found_adapted_and_told_as_a_fiche(
    browser: Browser, home: str, scripts: bool
) -> None:
    factories.vocabulary()
    place, other = made.authority("Comune di Prova"), made.authority("Orașul Probă", country="RO")
    adopter = made.author(other, password=PASSWORD, language="ro")
    reviewers = [made.reviewer(password=PASSWORD), made.reviewer(password=PASSWORD)]
    person = factories.coordinator(second_factor=False, password=PASSWORD)
    with gathered(browser, home, scripts=scripts) as people:
        coordinator = people.logged_in(person)
        coordinator.get_by_role("link", name="Set up an authenticator app").click()
        coordinator.get_by_label("Password").fill(PASSWORD)
        coordinator.get_by_role("button", name="Continue").click()
        secret = coordinator.locator(".totp code").inner_text().strip()
        coordinator.get_by_label("Code").fill(factories.code_for(secret))
        coordinator.get_by_role("button", name="Set up").click()
        expect(coordinator.locator(".recovery-codes li")).to_have_count(10)

        author = invited(people, coordinator, "new@example.org", place)
        case = begun(people, author)
        if scripts:
            interrupted(people, author, case)
        write(author, 1)
        write(author, 2)
        # The second evening begins with a log-in.
        author.context.close()
        author = people.logged_in(case.revision.author, f"/it/desk/practices/{case.code_id}/step/3/")
        for number in range(3, 7):
            write(author, number)
        author.wait_for_url(re.compile("/read/"))
        author.locator("[name=declared]").check()
        author.locator("main form button.act").last.click()
        expect(author.locator(".case-state")).to_be_visible()
        assert state() == Case.State.SUBMITTED

        decide(people, coordinator, "check")
        for reviewer in reviewers:
            asked(people, coordinator, reviewer)
        for reviewer in reviewers:
            judged(people, reviewer)
        decide(people, coordinator, "request_changes", LETTER)
        assert state() == Case.State.CHANGES_REQUESTED
        author.goto(f"{home}/it/desk/practices/{case.code_id}/")
        expect(author.get_by_text(LETTER)).to_be_visible()
        author.goto(f"{home}/it/desk/practices/{case.code_id}/step/4/")
        author.locator("[name=text-evidence]").fill("Più presenze: 41 su 50.")
        author.locator("button[name=save]").click()
        author.goto(f"{home}/it/desk/practices/{case.code_id}/read/")
        author.locator("[name=declared]").check()
        author.locator("main form button.act").last.click()
        decide(people, coordinator, "check")
        decide(people, coordinator, "accept")
        assert state() == Case.State.ACCEPTED

        # An official of a Romanian county looks for it in her language.
        reader = people.page()
        reader.goto(f"{home}/ro/search/?q=apprenticeships (ro)")
        reader.get_by_role("link", name=TITLE).first.click()
        expect(reader.get_by_role("heading", level=1)).to_have_text(TITLE)
        reader.locator("#adoptions a.act").click()
        reader.locator("[name=login]").fill(adopter.email)
        reader.locator("[name=password]").fill(PASSWORD)
        reader.locator("button.act").first.click()
        adopted = {
            "since": "2025-02", "what_was_changed": "Un microbuz.", "what_was_learned": "Întrebați părinții.",
            "outcome": "achieved", "language": "ro",
        }  # fmt: skip
        for name, value in adopted.items():
            answer(reader, name, value)
        reader.locator("main form button.act").last.click()
        expect(reader.locator(".adoption-told")).to_be_visible()
        coordinator.goto(f"{home}/admin/practices/adoption/{Adoption.objects.get().pk}/change/")
        coordinator.locator("button[name=action][value=confirm]").click()
        reader.goto(home + Practice.objects.get().url_in("ro"))
        expect(reader.locator("#adoptions .adoptions li")).to_have_count(1)

        coordinator.goto(f"{home}/admin/practices/practice/{Practice.objects.get().pk}/change/")
        coordinator.get_by_role("link", name="Draft a fiche from it").click()
        coordinator.get_by_role("button", name="Draft a fiche from it").click()
        expect(coordinator.get_by_text("The draft is made.")).to_be_visible()
