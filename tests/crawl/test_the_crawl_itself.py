"""The crawl is only worth something if it notices: pages made wrong on purpose, texts put into the wrong language."""

from __future__ import annotations

import pytest

from clavet.publishing.models import Translation, Version
from tests.crawl import markup
from tests.crawl.knowledge import Knowledge

pytestmark = pytest.mark.django_db

OWN = "http://testserver"
PAGE = (
    '<!doctype html><html lang="en"><head><title>A page</title></head>'
    '<body><main id="main"><h1>Words</h1>{}</main></body></html>'
)


def findings(body: str) -> str:
    """What the crawl says of a page with this body."""
    return " | ".join(markup.read("/en/", PAGE.format(body), OWN).findings)


def test_a_sound_page_is_found_sound() -> None:
    assert findings('<h2 id="part">More</h2><p><a href="#part">to it</a></p><img src="/static/a.svg" alt="">') == ""


@pytest.mark.parametrize(
    ("body", "noticed"),
    [
        ("<p>one<div>two</div></p>", "p"),
        ("<ul><p>no item</p></ul>", "right in <ul>"),
        ('<p id="main">again</p>', "stands twice"),
        ('<label for="nobody">Name</label>', "leads nowhere"),
        ('<section aria-labelledby="nobody"></section>', "leads nowhere"),
        ('<a href="#nowhere">there</a>', "leads nowhere"),
        ("<h1>Once more</h1>", "2 first headings"),
        ("<h3>Too deep</h3>", "h3 after h1"),
        ('<p style="color: red">red</p>', "is inline"),
        ('<p onclick="go()">go</p>', "is inline"),
        ("<script>go()</script>", "inline script"),
        ('<script src="/static/go.js"></script>', "waits for"),
        ("<style>p { color: red }</style>", "<style>"),
        ('<img src="https://example.org/a.png" alt="">', "from elsewhere"),
        ('<form action="//example.org/">', "from elsewhere"),
        ('<a href="/en/">a <button>b</button></a>', "inside a link"),
    ],
)
def test_a_fault_in_a_page_is_noticed(body: str, noticed: str) -> None:
    assert noticed in findings(body)


def test_each_text_is_taken_in_the_language_that_holds_where_it_stands() -> None:
    body = '<p lang="el">Ένα <em>δύο</em> <span lang="tr" title="üç">dört</span> πέντε</p>six'
    spoken = {spoken.text: spoken.lang for spoken in markup.read("/en/", PAGE.format(body), OWN).texts}
    assert {spoken.get(word) for word in ("Ένα", "δύο", "πέντε")} == {"el"}
    assert spoken["üç"] == spoken["dört"] == "tr"
    assert spoken["six"] == "en"


def test_a_title_of_another_language_is_noticed(knowledge: Knowledge) -> None:
    version = Version.objects.get(code_id="CF-0001", number=1)
    greek = Translation.objects.get(code_id="CF-0001", language="el").document["texts"]["title"]
    croatian = Translation.objects.get(code_id="CF-0001", language="hr").document["texts"]["title"]
    assert knowledge.objection("en", version.document["texts"]["title"]) is None
    assert knowledge.objection("en", greek) == "Greek letters"
    assert "but in hr" in knowledge.objection("en", f"{croatian} · CLAVET")
    assert knowledge.objection("el", version.document["texts"]["title"])


def test_a_string_of_the_interface_in_english_is_noticed_on_every_other_page(knowledge: Knowledge) -> None:
    for language in ("es", "fr", "it", "el", "hr", "nl", "ro", "tr"):
        assert knowledge.objection(language, "Skip to the content"), language
        assert knowledge.objection(language, "There is no such page"), language
    assert knowledge.objection("en", "Skip to the content") is None


def test_a_message_that_carries_a_text_of_another_language_is_noticed(knowledge: Knowledge) -> None:
    croatian = Translation.objects.get(code_id="CF-0001", language="hr").document["texts"]["title"]
    english = Version.objects.get(code_id="CF-0001", number=1).document["texts"]["title"]
    assert knowledge.objection("en", f"{english}, version 1") is None
    assert knowledge.objection("en", f"{croatian}, version 1")


def test_words_written_into_a_template_are_noticed(knowledge: Knowledge) -> None:
    assert knowledge.objection("en", "Lorem ipsum dolor") == "not known in en, but in no language"


def test_dates_and_countries_are_known_in_each_language_as_it_writes_them(knowledge: Knowledge) -> None:
    assert knowledge.objection("fr", "24 novembre 2026") is None
    assert knowledge.objection("el", "24 novembre 2026")
    assert knowledge.objection("hr", "Grčka") is None
    assert knowledge.objection("hr", "Greece")
