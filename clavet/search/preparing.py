"""From the texts of a record to what the index holds of it: pure, so that a rebuild can use every processor."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Protocol

from clavet.search.analysis import tokens
from clavet.search.backends import Fields

# Words beyond these many are beyond what PostgreSQL can place; no record's limits allow as much.
MOST_WORDS = 16_000
LONGEST_WORD = 40
# Below this many records other processes cost more than they save.
WORTH_SHARING = 2000


@dataclass(frozen=True)
class Texts:
    """What a record says in one language."""

    title: str
    summary: str
    body: str

    @property
    def parts(self) -> tuple[str, str, str]:
        """Title, summary and the rest."""
        return self.title, self.summary, self.body


@dataclass(frozen=True)
class Wanted:
    """An entry that has to be in the index: its number, its texts and their language."""

    entry: int
    texts: Texts
    language: str

    @property
    def digest(self) -> str:
        """Tells whether the entry has to be written again."""
        return hashlib.blake2b("\0".join(self.texts.parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


@dataclass(frozen=True)
class Prepared:
    """An entry as it is written: what it holds, and the same packed."""

    entry: int
    digest: str
    fields: Fields
    packed: bytes


class Prepare(Protocol):
    """Something that prepares many entries."""

    def __call__(self, wanted: Iterable[Wanted]) -> list[Prepared]:
        """The entries prepared, in their order."""


def fields_of(texts: Texts, language: str) -> Fields:
    """The words and keys of one entry. Words without a meaning of their own have no keys: they are found as words."""
    analysed = [list(tokens(part, language)) for part in texts.parts]
    keys = [
        tuple(sorted({language + key for token in part if not token.stop for key in token.keys})) for part in analysed
    ]
    words = [tuple([language + token.surface[:LONGEST_WORD] for token in part]) for part in analysed]
    return Fields(*keys, words[0], (*words[1], *words[2])[:MOST_WORDS])


def prepared(wanted: Wanted) -> Prepared:
    """One entry analysed and packed."""
    fields = fields_of(wanted.texts, wanted.language)
    return Prepared(wanted.entry, wanted.digest, fields, pack(fields))


def prepare(wanted: Iterable[Wanted]) -> list[Prepared]:
    """Entries prepared one after the other, in this process."""
    return [prepared(item) for item in wanted]


@contextmanager
def sharing(records: int) -> Iterator[Prepare]:
    """What prepares the entries of so many records: this process, or for very many all processors."""
    processes = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if records < WORTH_SHARING or processes < 2:
        yield prepare
        return
    # Started afresh: a copy of this process would have its connections to the database.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield lambda wanted: list(pool.map(prepared, wanted, chunksize=20))


def pack(fields: Fields) -> bytes:
    """Fields as the database keeps them."""
    return zlib.compress(json.dumps(fields.columns, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpack(packed: bytes) -> Fields:
    """Fields as they were packed."""
    return Fields(*(tuple(part) for part in json.loads(zlib.decompress(bytes(packed)))))
