"""A reader's search, read from the page that she gets."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from django.test import Client

from clavet.library.importing import import_lines
from fiches.models import Fiche
from tests.fiches.pages import text_of, tree


@dataclass(frozen=True)
class Answer:
    """What a page of results shows."""

    root: Element
    codes: list[str]
    languages: list[str]
    total: int
    own: int

    @property
    def text(self) -> str:
        """All words of the main part."""
        return text_of(self.root.find(".//main"))

    def reasons(self, code: str) -> str:
        """Why a hit is there."""
        card = next(card for card in self.root.findall(".//article") if card.get("data-code") == code)
        return text_of(card.find(".//p[@class='why']"))

    def marked(self) -> list[str]:
        """The words that are marked as found."""
        return [text_of(element) for element in self.root.findall(".//mark")]


def ask(text: str, language: str = "en", **filters: Any) -> Answer:
    """Search for ``text`` on the page of a language."""
    response = Client().get(f"/{language}/search/", {"q": text, **filters})
    assert response.status_code == 200
    root = tree(response)
    cards = [card for card in root.findall(".//article") if card.get("data-code")]
    hits = root.find(".//div[@data-total]")
    return Answer(
        root,
        [card.get("data-code") for card in cards],
        [card.get("data-lang") for card in cards],
        int(hits.get("data-total")) if hits is not None else 0,
        int(hits.get("data-total-own")) if hits is not None else 0,
    )


def bring(*entries: dict[str, Any]) -> None:
    """Import fiches as the interchange has them, with what their form requires left out."""
    lines = [json.dumps({"kind": "practical_example", "status": "published", **entry}) for entry in entries]
    import_lines(Fiche, io.StringIO("\n".join(lines)), lenient=True)


def fiche(code: str, language: str = "en", *, topics: tuple[str, ...] = (), **texts: str) -> dict[str, Any]:
    """A fiche in one language."""
    found = {"code": code, "source_language": language, "topics": list(topics)}
    return found | {name: {language: text} for name, text in texts.items()}
