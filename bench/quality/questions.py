"""The queries of the quality set, and what a page of results is worth against what each should find."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

FOLDER = Path(__file__).parent
FICHES = FOLDER / "fiches.jsonl"
QUERIES = FOLDER / "queries.json"
SEEN = 10
NONSENSE = "nonsense"


@dataclass(frozen=True)
class Question:
    """A query in the language of a page, the codes that it should find, and whether it was kept back while tuning."""

    language: str
    kind: str
    query: str
    expected: frozenset[str]
    held_out: bool


@dataclass(frozen=True)
class Mark:
    """A question with what the first hits of its page were."""

    question: Question
    found: tuple[str, ...]

    @property
    def recall(self) -> float:
        """The share of what was expected among the first ten; for nonsense 1 where nothing is found, else 0."""
        if self.question.kind == NONSENSE:
            return float(not self.found)
        return len(self.question.expected & set(self.found[:SEEN])) / len(self.question.expected)


class Codes(HTMLParser):
    """The codes of the hits on a page of results, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the code of an element that has one."""
        code = dict(attrs).get("data-code")
        if code:
            self.found.append(code)


def questions() -> list[Question]:
    """The queries of the set, language by language."""
    rows = json.loads(QUERIES.read_text(encoding="utf-8"))
    return [Question(**{**row, "expected": frozenset(row["expected"])}) for row in rows]


def codes_on(page: str) -> tuple[str, ...]:
    """The codes of the hits on a page of results, in their order, once each."""
    parser = Codes()
    parser.feed(page)
    return tuple(dict.fromkeys(parser.found))


def marks(asked: Iterable[Question], page_of: Callable[[str, str], str]) -> list[Mark]:
    """Each question with what its page shows; ``page_of`` gives the page for a language and a query."""
    return [Mark(question, codes_on(page_of(question.language, question.query))) for question in asked]


def mean_recall(marked: Iterable[Mark]) -> float | None:
    """The mean recall of some questions; ``None`` for none."""
    recalls = [mark.recall for mark in marked]
    return sum(recalls) / len(recalls) if recalls else None
