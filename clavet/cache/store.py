"""Where a process keeps pages: so many bytes, and what is asked for again stays longest."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable

from clavet.cache.entries import Entry

# The share of the bytes that pages have which nobody has asked for a second time. A flood of addresses fills this
# share and no more.
NEW_SHARE = 0.25


class Store:
    """Pages of one generation, in two parts: new ones, and those that were asked for again."""

    def __init__(self, limit: int) -> None:
        self.limits = {"new": int(limit * NEW_SHARE), "known": int(limit * (1 - NEW_SHARE))}
        self.lock = threading.Lock()
        self.number = -1
        self.parts: dict[str, OrderedDict[Hashable, Entry]] = {"new": OrderedDict(), "known": OrderedDict()}
        self.bytes = {"new": 0, "known": 0}

    def get(self, key: Hashable, number: int, now: float) -> Entry | None:
        """The page kept under ``key`` in generation ``number``, unless its time has passed."""
        if number != self.number:
            return None
        known = self.parts["known"]
        entry = known.get(key)
        if entry is None:
            entry = self.parts["new"].get(key)
            if entry is None:
                return None
        if entry.expires <= now:
            return None
        return entry

    def again(self, key: Hashable, number: int, *, is_free: bool) -> None:
        """Note that a page was asked for again: it becomes one of the known, unless anybody can make up such pages."""
        if is_free or key in self.parts["known"]:
            return
        with self.lock:
            entry = self.parts["new"].pop(key, None)
            if entry is not None and number == self.number:
                self.bytes["new"] -= entry.size
                self._put("known", key, entry)

    def keep(self, key: Hashable, number: int, entry: Entry) -> None:
        """Keep a page that was made under generation ``number``; one of an older generation is let go."""
        with self.lock:
            if number < self.number:
                return
            if number > self.number:
                self._clear()
                self.number = number
            self._drop("known", key)
            self._put("new", key, entry)

    def clear(self) -> None:
        """Let everything go."""
        with self.lock:
            self._clear()

    @property
    def size(self) -> int:
        """Bytes in use."""
        return sum(self.bytes.values())

    def __len__(self) -> int:
        return sum(map(len, self.parts.values()))

    def _clear(self) -> None:
        for name, part in self.parts.items():
            part.clear()
            self.bytes[name] = 0

    def _drop(self, name: str, key: Hashable) -> None:
        entry = self.parts[name].pop(key, None)
        if entry is not None:
            self.bytes[name] -= entry.size

    def _put(self, name: str, key: Hashable, entry: Entry) -> None:
        self._drop(name, key)
        if entry.size > self.limits[name] // 4:
            return
        self.parts[name][key] = entry
        self.bytes[name] += entry.size
        while self.bytes[name] > self.limits[name]:
            _key, oldest = self.parts[name].popitem(last=False)
            self.bytes[name] -= oldest.size
