"""Parts of pages that a process keeps: what was made of public content, until that or the clock changes it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language

from clavet.cache import generation, kept
from clavet.cache.moments import next_change

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

# About how many bytes of parts a process keeps.
LIMIT = 24 * 1024 * 1024


class Parts:
    """Parts of one generation, the latest asked for, about ``limit`` bytes of them; safe for several threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.lock = threading.Lock()
        self.number, self.expires, self.bytes = -1, 0.0, 0
        self.kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        kept.FORGET.append(self.clear)

    def many(self, keys: Sequence[K], make: Callable[[list[K]], Mapping[K, T]], size: Callable[[T], int]) -> dict[K, T]:
        """The parts under ``keys``: kept, or made by ``make``, which is asked once for all that are not.

        What it does not give is left out. ``size`` says about how many bytes a part takes. Within a transaction nothing
        is kept: what is read there may never come to be.
        """
        if connection.in_atomic_block:
            return dict(make(list(keys)))
        number, now = generation.current(), timezone.now()
        found = {key: part[0] for key in keys if (part := self.get(number, now.timestamp(), key)) is not None}
        missing = [key for key in keys if key not in found]
        if missing:
            expires = next_change(now).timestamp()
            made = make(missing)
            for key, part in made.items():
                self.put(number, expires, key, part, size(part) + 200)
            found |= made
        return found

    def get(self, number: int, now: float, key: Hashable) -> tuple[Any, int] | None:
        """The part under ``key``, with its size."""
        if number != self.number or now >= self.expires:
            return None
        found = self.kept.get(key)
        if found is not None:
            with self.lock:
                if key in self.kept:
                    self.kept.move_to_end(key)
        return found

    def put(self, number: int, expires: float, key: Hashable, part: Any, size: int) -> None:
        """Keep a part that was made under generation ``number``, for as long as no page changes by the clock."""
        with self.lock:
            if number < self.number or (number == self.number and expires < self.expires):
                return
            if (number, expires) != (self.number, self.expires):
                self.kept.clear()
                self.number, self.expires, self.bytes = number, expires, 0
            if key not in self.kept:
                self.kept[key] = (part, size)
                self.bytes += size
            while self.bytes > self.limit:
                _key, (_part, freed) = self.kept.popitem(last=False)
                self.bytes -= freed

    def clear(self) -> None:
        """Let all go."""
        with self.lock:
            self.kept.clear()
            self.number, self.expires, self.bytes = -1, 0.0, 0


PARTS = Parts(LIMIT)


def fragment(name: str, *what: Any, make: Callable[[], T], size: Callable[[T], int] = len) -> T:
    """The part ``name`` of a page in the language of the moment: kept, or made by ``make``.

    ``what`` says everything else that it depends on, beside public content and the clock; ``size`` and transactions are
    as ``Parts.many`` has them.
    """
    key = (name, get_language(), *what)
    return PARTS.many([key], lambda _missing: {key: make()}, size)[key]
