"""Asking the index, and keeping what it said of words that many look for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyroaring import BitMap

from clavet.cache.fragments import Parts
from clavet.search import state
from clavet.search.backends import Lookup, backend

# Bytes of answers that a process keeps; the largest, on 100,000 records, takes 12 KB.
LIMIT = 8 * 1024 * 1024


class Found:
    """The answers to lookups."""

    def __init__(self, answers: dict[Lookup, BitMap]) -> None:
        self.answers = answers

    def __getitem__(self, lookup: Lookup) -> BitMap:
        return self.answers.get(lookup) or BitMap()

    def of(self, where: str, alternatives: Iterable[str]) -> BitMap:
        """The answer to the lookup of these in this field."""
        return self[Lookup(where, tuple(alternatives))]


KEPT = Parts(LIMIT)


def find(lookups: Sequence[Lookup]) -> Found:
    """The answers to all ``lookups``: one query for those that are not kept."""
    return Found(KEPT.many(list(dict.fromkeys(lookups)), ask, size))


def ask(lookups: list[Lookup]) -> dict[Lookup, BitMap]:
    """What the index says."""
    return dict(zip(lookups, backend().find(state.live(), lookups), strict=True))


def size(answer: BitMap) -> int:
    """About how many bytes an answer takes: two for each record, until a bitmap of them all is smaller."""
    return min(2 * len(answer), answer.max() // 8) if answer else 0
