"""What an e-mail says: its recipient's language, the same in both parts, and nothing in it made by those it quotes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.conf import settings
from hypothesis import given, strategies as st

from clavet.languages import CODES
from clavet.mail import registry
from clavet.mail.previewing import preview
from clavet.mail.queueing import queue
from clavet.mail.rendering import About, Rendered, render
from tests import factories
from tests.fiches.pages import text_of
from tests.mail.conftest import CONTEXT, NEWS

pytestmark = pytest.mark.django_db
ABOUT = About(person="Ann", site_url="https://clavet.example")
HOSTILE = [
    "**[x](http://evil.example)** <b>bold</b>",
    "\n# head\n\n- item\n\n> quote",
    "<script>alert(1)</script>",
    "![x](http://evil.example/pixel.png)",
    "[x]: http://evil.example\n\n[x]",
    "{{ mail.stop_url }}{% include 'x' %}",
    "<http://evil.example>",
    "`code` *a* _b_ ~~c~~ \\* &lt;i&gt;",
    "clavetdatum0x clavetdatum1x",
    "</body></html>",
]


def rendered(**changes: Any) -> Rendered:
    return render(NEWS, "en", {**CONTEXT, **changes}, ABOUT)


def tree(email: Rendered) -> Any:
    return html5lib.parse(email.html, namespaceHTMLElements=False)


def elements(email: Rendered) -> list[str]:
    """Names of the elements of the HTML part, line breaks apart."""
    return [element.tag for element in tree(email).iter() if isinstance(element.tag, str) and element.tag != "br"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", ["name", "text"])
def test_what_people_wrote_stays_what_they_wrote(place: str, text: str) -> None:
    plain, email = rendered(), rendered(**{place: text})
    assert elements(email) == elements(plain), "it made something of itself"
    assert [link.get("href") for link in tree(email).iter("a")] == [link.get("href") for link in tree(plain).iter("a")]
    for word in text.split():
        assert word in email.text
        assert word in text_of(tree(email).find("body"))


@given(st.text(st.sampled_from("ab*_[]()<>#!`~\\&\n\t-=>.:/{%}1 ")), st.sampled_from(["name", "text"]))
def test_no_signs_whatever_make_an_element_or_a_header(text: str, place: str) -> None:
    email = render(NEWS, "en", {**CONTEXT, "name": "x", place: f"x{text}x"}, ABOUT)
    assert elements(email) == elements(render(NEWS, "en", {**CONTEXT, "name": "x"}, ABOUT))
    assert "\n" not in email.subject


def test_a_name_keeps_to_its_line_and_a_quotation_keeps_its_lines() -> None:
    email = rendered(name="A\n# B\n\n", text="One.\n\n-- \nTwo.")
    assert email.subject == "News of A # B"
    assert "A # B" in email.text
    assert "> One.\n> \n> -- \n> Two." in email.text
    assert email.html.count("<br>") >= 3


def test_signs_that_turn_the_writing_and_control_characters_go() -> None:
    email = rendered(name="A\u202eB\x07\x00C\u2066")
    assert email.subject == "News of ABC"
    assert "ABC" in email.html


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "/en/", "https://a b", "x"]
)
def test_what_is_no_web_address_makes_no_link(url: str) -> None:
    email = rendered(url=url)
    assert "Piraeus says in Piraeus:" in email.text
    assert url not in [link.get("href") for link in tree(email).iter("a")]


def test_links_stand_as_plain_addresses_in_the_text() -> None:
    email = rendered(url="https://clavet.example/?a=1&b=*x*_y_")
    assert "Piraeus (https://clavet.example/?a=1&b=*x*_y_):" in email.text
    assert "https://clavet.example/?a=1&b=*x*_y_" in [link.get("href") for link in tree(email).iter("a")]


@pytest.mark.parametrize("language", CODES)
def test_both_parts_say_the_same_and_the_html_asks_nobody_for_anything(language: str) -> None:
    for message in registry.MESSAGES.values():
        email = preview(message, language)
        root = html5lib.parse(email.html, namespaceHTMLElements=False)
        assert root.get("lang") == language
        assert root.find(".//title").text == email.subject
        tags = {element.tag for element in root.iter() if isinstance(element.tag, str)}
        assert not tags & {"img", "link", "script", "iframe", "object", "video", "form"}
        assert not re.search(r"\sstyle=|url\(|@import|src=", email.html)
        read = [
            re.sub(r"\(https?://[^)]+\)|https?://\S+|[->\s()]", "", part)
            for part in (email.text, text_of(root.find("body")))
        ]
        assert read[0] == read[1]


@pytest.mark.parametrize("language", CODES)
def test_it_is_in_the_language_of_its_recipient_whatever_that_of_the_page(language: str) -> None:
    person = factories.person(language=language)
    other = "el" if language != "el" else "en"
    own = queue("contact.arrived", to=person, context=registry.get("contact.arrived").sample(language))
    asked = queue("contact.arrived", to=person, context=registry.get("contact.arrived").sample(other), language=other)
    assert (own.language, asked.language) == (language, other)
    assert own.subject != asked.subject


def test_an_address_without_account_is_written_to_in_english_and_one_with_an_account_as_that_person() -> None:
    person = factories.person(language="tr", name="Meryem")
    stranger = queue("trial.news", to="Somebody@example.org", context=CONTEXT)
    known = queue("trial.news", to=person.email.upper(), context=CONTEXT)
    assert (stranger.language, stranger.user, stranger.address) == ("en", None, "Somebody@example.org")
    assert (known.language, known.user) == ("tr", person)
    assert "Meryem" in known.text


# Addresses, names that stay, codes of records, and codes to type in.
NO_WORDS = re.compile(
    r"https?://\S+|CLAVET|Firefox|Windows|Ada Example|Comune di Esempio|Općina Primjer"
    r"|(CF|BP)-\d+|\bHTML\b|\b[A-Z0-9]{4}-[A-Z0-9]{4}\b"
)


def test_there_is_no_english_word_in_a_greek_e_mail_and_nothing_unfilled_in_any(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(registry.MESSAGES, "trial.news")
    monkeypatch.delitem(registry.MESSAGES, "trial.key")
    assert len(registry.MESSAGES) >= 2
    for message in registry.MESSAGES.values():
        greek = preview(message, "el")
        assert not re.findall("[A-Za-z]+", NO_WORDS.sub("", f"{greek.subject} {greek.text}"))
        for language in CODES:
            email = preview(message, language)
            for part in (email.subject, email.text, email.html):
                assert not re.search(r"\bNone\b|\{\{|\}\}|\{%|%\(|clavetdatum|&amp;amp;|\[\]|\]\(", part), (
                    language,
                    part,
                )
            assert email.subject
            assert not re.search("\n\n\n", email.text)


@pytest.mark.parametrize(
    ("language", "written"), [("en", "5 May 2026"), ("el", "5 Μαΐου 2026"), ("hr", "5. svibnja 2026")]
)
def test_a_date_is_written_as_the_language_writes_it_and_as_the_clock_is_at_home(language: str, written: str) -> None:
    message = registry.Message("trial.dated", "dated", essential=True, sample=lambda _language: {})
    email = render(message, language, {"until": "2026-05-04T22:30:00+00:00"}, ABOUT)
    assert written in email.subject
    assert "30" in email.text


def test_templates_of_e_mails_print_texts_as_they_are() -> None:
    # What a filter returns is no longer known to be somebody's text, and Markdown would read it.
    for path in Path(settings.PROJECT, "templates", "mail").rglob("*.md"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"\{\{[^}]*\|(?!day|moment)|\|\s*safe|autoescape|\{% filter|firstof|cycle", source), path
