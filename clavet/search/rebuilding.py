"""``reindex``: the index is made anew on the side that nobody reads, then readers change over at once.

The portal runs on meanwhile: whatever is published during the rebuild is written to both sides, under the same lock
as each batch of the rebuild.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction

from clavet.cache import generation
from clavet.operations.alone import alone
from clavet.search import entries, facet_store, state
from clavet.search.backends import backend
from clavet.search.models import FacetPositions, IndexEntry, IndexState, IndexWord
from clavet.search.positions import position_of
from clavet.search.preparing import Prepare, sharing

BATCH = 200


class Source(Protocol):
    """Where the records are: whoever knows them (``clavet.publishing.effects``) gives this to a rebuild."""

    def codes(self) -> Sequence[str]:
        """The codes of all records, public or not."""

    def texts(self, codes: Sequence[str]) -> dict[str, entries.ByLanguage]:
        """What the public can find of those of these records that it can read."""

    def facets(self) -> Iterable[tuple[str, facet_store.Values]]:
        """The codes of all public records with their facets."""


@dataclass(frozen=True)
class Report:
    """What a rebuild has made: records, entries, bytes on disk, seconds."""

    records: int
    entries: int
    bytes: int
    seconds: float


def rebuild(source: Source) -> Report:
    """Build the index anew."""
    start = time.monotonic()
    total = 0
    with alone("reindex"):
        side = _begin()
        words: entries.Words = {}
        codes = source.codes()
        with sharing(len(codes)) as prepare:
            for first in range(0, len(codes), BATCH):
                total += _fill(side, codes[first : first + BATCH], source, prepare, words)
        _change_over(side, source, words)
    number = IndexEntry.objects.filter(side=side).count()
    return Report(total, number, backend().size(side), time.monotonic() - start)


@transaction.atomic
def _begin() -> int:
    """Empties the side that nobody reads, and has changes written to it from now on."""
    side = 1 - state.lock().live
    empty(side)
    IndexState.objects.update(building=side)
    return side


def empty(side: int) -> None:
    """Takes everything off a side."""
    backend().empty(side)
    for model in (FacetPositions, IndexEntry, IndexWord):
        model.objects.filter(side=side)._raw_delete(using="default")


@transaction.atomic
def _fill(side: int, codes: Sequence[str], source: Source, prepare: Prepare, words: entries.Words) -> int:
    """One batch. What was published since the rebuild began stands there already and is left alone."""
    state.lock()
    texts = source.texts(codes)
    wanted = entries.wanted_of(texts)
    numbers = [item.entry for item in wanted]
    standing = set(IndexEntry.objects.filter(side=side, entry__in=numbers).values_list("entry", flat=True))
    made = entries.put_in(side, [item for item in wanted if item.entry not in standing], prepare)
    for language, found in entries.words_of(made).items():
        words.setdefault(language, Counter()).update(found)
    return len(texts)


@transaction.atomic
def _change_over(side: int, source: Source, words: entries.Words) -> None:
    """From here on readers see the new side; the other one is emptied when it is built the next time."""
    state.lock()
    entries.count_words(side, words, 1)
    IndexWord.objects.filter(side=side, entries__lte=0).delete()
    facet_store.replace(side, ((position_of(code), values) for code, values in source.facets()))
    backend().finish(side)
    IndexState.objects.update(live=side, building=None, analysis=state.analysis())
    generation.bump()
