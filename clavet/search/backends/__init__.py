"""The two indexes behind one small interface: SQLite's FTS5 and PostgreSQL's text search give the same sets.

Neither ranks: which records hold which words is their part, the order is ours (``clavet.search.ranking``), so that it
is the same on both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import connection
from pyroaring import BitMap


@dataclass(frozen=True)
class Fields:
    """What goes into the index of one entry. Keys are in no order; words are in that of the text.

    All of them bear their language in front, so that no word of one language meets one of another.
    """

    title_keys: tuple[str, ...]
    summary_keys: tuple[str, ...]
    body_keys: tuple[str, ...]
    title_words: tuple[str, ...]
    text_words: tuple[str, ...]

    @property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """All of them, in their order."""
        return self.title_keys, self.summary_keys, self.body_keys, self.title_words, self.text_words


@dataclass(frozen=True)
class Lookup:
    """One question to the index: which records hold one of these.

    ``where`` is ``any``, ``title`` or ``summary`` for keys, ``words`` or ``title_words`` for words as they stand. In
    words an alternative may be several, one behind the other; with ``prefix`` the last may go on.
    """

    where: str
    alternatives: tuple[str, ...]
    prefix: bool = False


class Backend(Protocol):
    """What an index has to do. ``side`` is 0 or 1."""

    def write(self, side: int, entries: Iterable[tuple[int, Fields]]) -> None:
        """Put in entries that are not in the index."""

    def remove(self, side: int, entries: Iterable[tuple[int, Fields]]) -> None:
        """Take out entries, each with the fields that it was written with."""

    def find(self, side: int, lookups: Sequence[Lookup]) -> list[BitMap]:
        """The positions found by each lookup; one query for all."""

    def empty(self, side: int) -> None:
        """Take out everything."""

    def finish(self, side: int) -> None:
        """Bring a side that was just filled into the form in which it is quick to read."""

    def size(self, side: int) -> int:
        """Bytes on disk."""


def backend() -> Backend:
    """The index of the database that the portal runs on."""
    if connection.vendor == "postgresql":
        from clavet.search.backends import postgresql

        return postgresql.PostgresqlBackend()
    from clavet.search.backends import sqlite

    return sqlite.SqliteBackend()
