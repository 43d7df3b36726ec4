"""Which side of the index is read, and which sides are written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from clavet.cache.kept import kept
from clavet.search.analysis import words
from clavet.search.backends import backend
from clavet.search.models import IndexEntry, IndexState


@dataclass(frozen=True)
class Sides:
    """The side that readers see, and all that a change has to be written to."""

    live: int
    sides: tuple[int, ...]


@kept
def live() -> int:
    """The side that readers see."""
    return IndexState.objects.values_list("live", flat=True).first() or 0


def begin() -> IndexState:
    """The state of a database whose tables were emptied: the words, which lie in tables of their own, go as well."""
    for side in (0, 1):
        backend().empty(side)
    return IndexState.objects.create(analysis=analysis())


@lru_cache(maxsize=1)
def analysis() -> str:
    """A digest of all that words are analysed by."""
    digest = hashlib.blake2b(f"{version('PyStemmer')} {version('simplemma')}".encode(), digest_size=16)
    for path in sorted(Path(words.__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_outdated() -> bool:
    """Whether the index was made by another analyser than that of now, so that it has to be made anew.

    An empty one is none: it takes the analyser of now.
    """
    if IndexEntry.objects.exists():
        return not IndexState.objects.filter(analysis=analysis()).exists()
    IndexState.objects.update(analysis=analysis())
    return False


def lock() -> Sides:
    """The sides to write to. Whoever has asked writes alone until the transaction ends."""
    row = IndexState.objects.select_for_update().first() or begin()
    if not row.analysis:  # as the migration left it: nothing has been written yet
        row.analysis = analysis()
        row.save(update_fields=["analysis"])
    return Sides(row.live, (row.live,) if row.building is None else (row.live, row.building))
