"""A search from what was typed to what was found: as it stands, else with unknown words as beginnings, else mended."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations

from clavet.search import spelling
from clavet.search.concepts import Labels
from clavet.search.facet_store import Positions
from clavet.search.matching import Match, match
from clavet.search.query import Query, Wanted, read

# A word shorter than this is no beginning of others: too many begin so.
SHORTEST_BEGINNING = 3


@dataclass(frozen=True)
class Fewer:
    """The query without one of its words, and how many records it finds then."""

    text: str
    total: int


@dataclass
class Outcome:
    """What came of a search. ``typed`` is the query as it was typed, ``match.query`` the one that was answered."""

    typed: Query
    match: Match
    corrected: bool = False
    nearest: list[str] = field(default_factory=list)
    fewer: list[Fewer] = field(default_factory=list)


def search(text: str, language: str, labels: Labels, positions: Positions) -> Outcome:
    """Search for ``text`` as a reader of ``language`` means it."""
    query = read(text)
    found = match(query, language, labels, positions)
    outcome = Outcome(query, found)
    if found.everything or not query.asks:
        return outcome
    unknown = [word for word, known in zip(found.reading.words, found.known, strict=True) if not known]
    if not unknown:
        outcome.fewer = fewer(query, found, language, labels, positions)
        return outcome
    near = Near(language, labels)
    mended = mend(query, unknown, near, positions)
    if mended is not None and mended.everything:
        return Outcome(query, mended, corrected=True)
    last = unknown[-1]
    outcome.nearest = [query.with_word(last.start, last.end, other).text for other in near.to(last)]
    return outcome


class Near:
    """The words nearest to unknown ones, looked up once each."""

    def __init__(self, language: str, labels: Labels) -> None:
        self.language, self.labels = language, labels
        self.found: dict[str, list[str]] = {}

    def to(self, word: Wanted) -> list[str]:
        """The words that may have been meant by ``word``, the nearest first."""
        if word.surface not in self.found:
            self.found[word.surface] = spelling.nearest(word.surface, self.language, self.labels)
        return self.found[word.surface]


def mend(query: Query, unknown: list[Wanted], near: Near, positions: Positions) -> Match | None:
    """What the query finds with its unknown words as beginnings of longer ones, or as the nearest known ones.

    ``None`` if a word is near to nothing.
    """
    for word in reversed(unknown):
        text = beginning(word, near.language, near.labels, positions) or next(iter(near.to(word)), "")
        if not text:
            return None
        query = query.with_word(word.start, word.end, text)
    return match(query, near.language, near.labels, positions)


def beginning(word: Wanted, language: str, labels: Labels, positions: Positions) -> str:
    """``word*`` if words of the index begin with it, else nothing."""
    if len(word.surface) < SHORTEST_BEGINNING or word.is_prefix:
        return ""
    text = f"{word.surface}*"
    return text if match(read(text), language, labels, positions).everything else ""


def fewer(query: Query, found: Match, language: str, labels: Labels, positions: Positions) -> list[Fewer]:
    """The query without one of its words, where that finds something; from three words on, most hits first."""
    words = found.reading.words
    if not 2 <= len(words) <= 6:
        return []
    offers = []
    for kept in combinations(words, len(words) - 1):
        text = " ".join(query.text[word.start : word.end] for word in kept)
        total = len(match(read(text), language, labels, positions).everything)
        if total:
            offers.append(Fewer(text, total))
    return sorted(offers, key=lambda offer: (-offer.total, offer.text))[:4]
