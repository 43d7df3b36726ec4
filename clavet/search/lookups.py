"""Asking the index, and keeping what it said of words that many look for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from django.db import connection
from pyroaring import BitMap

from clavet.cache import generation, kept
from clavet.search import state
from clavet.search.backends import Lookup, backend

# Answers kept in a process; the largest, on 100,000 records, takes 12 KB.
MOST_KEPT = 1000


class Found:
    """The answers to lookups."""

    def __init__(self, answers: dict[Lookup, BitMap]) -> None:
        self.answers = answers

    def __getitem__(self, lookup: Lookup) -> BitMap:
        return self.answers.get(lookup) or BitMap()

    def of(self, where: str, alternatives: Iterable[str]) -> BitMap:
        """The answer to the lookup of these in this field."""
        return self[Lookup(where, tuple(alternatives))]


class Kept:
    """Answers under the generation in which they were given, the latest asked for; safe for several threads."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.number = -1
        self.answers: OrderedDict[Lookup, BitMap] = OrderedDict()

    def get(self, number: int, lookups: Iterable[Lookup]) -> dict[Lookup, BitMap]:
        """Those that are kept."""
        with self.lock:
            if number != self.number:
                self.answers.clear()
                self.number = number
            found = {lookup: self.answers[lookup] for lookup in lookups if lookup in self.answers}
            for lookup in found:
                self.answers.move_to_end(lookup)
            return found

    def put(self, number: int, answers: dict[Lookup, BitMap]) -> None:
        """Keep answers, unless something was published meanwhile."""
        with self.lock:
            if number == self.number:
                self.answers.update(answers)
                while len(self.answers) > MOST_KEPT:
                    self.answers.popitem(last=False)

    def clear(self) -> None:
        """Forget all."""
        with self.lock:
            self.answers.clear()


KEPT = Kept()
kept.FORGET.append(KEPT.clear)


def find(lookups: Sequence[Lookup]) -> Found:
    """The answers to all ``lookups``: one query for those that are not kept."""
    wanted = list(dict.fromkeys(lookups))
    if connection.in_atomic_block:
        return Found(dict(zip(wanted, backend().find(state.live(), wanted), strict=True)))
    number = generation.current()
    answers = KEPT.get(number, wanted)
    missing = [lookup for lookup in wanted if lookup not in answers]
    if missing:
        fresh = dict(zip(missing, backend().find(state.live(), missing), strict=True))
        KEPT.put(number, fresh)
        answers |= fresh
    return Found(answers)
