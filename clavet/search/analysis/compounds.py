"""Dutch writes its compounds in one word: ``beroepsonderwijs`` is ``onderwijs`` for a ``beroep``."""

from __future__ import annotations

from clavet.search.analysis.lemmas import is_known

SHORTEST_PART = 4
# Shorter words that end compounds; most others of their length would be found where there is no compound.
SHORT_WORDS = frozenset(("bad", "bos", "bus", "dag", "les", "vak", "weg", "wet"))
# What may stand between two parts.
LINKS = ("", "s", "en", "e", "n")


def parts_of(surface: str, language: str) -> tuple[str, ...]:
    """The two or more folded words of a Dutch compound; empty for any other word."""
    if language != "nl" or len(surface) <= SHORTEST_PART + 2 or not surface.isalpha():
        return ()
    return split(surface)


def split(word: str) -> tuple[str, ...]:
    """A word as first part, link, and known last part, the longest last part first."""
    for start in range(SHORTEST_PART, len(word) - 2):
        last = word[start:]
        if last not in SHORT_WORDS and (len(last) < SHORTEST_PART or not is_known(last, "nl")):
            continue
        for link in LINKS:
            first = word[:start].removesuffix(link) if link else word[:start]
            if word[:start].endswith(link) and len(first) >= SHORTEST_PART and is_known(first, "nl"):
                return first, last
    return ()
