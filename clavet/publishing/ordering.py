"""The order of records in lists: worked out once for all records of a kind, then every list is cut from it."""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Iterator, Sequence

from django.db.models import IntegerField
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from pyroaring import BitMap

from clavet.cache.kept import kept
from clavet.publishing.facets import REVIEW_BY
from clavet.publishing.models.records import UNCONFIRMED_AFTER
from clavet.publishing.registry import KINDS
from clavet.search import facet_store
from clavet.search.facet_store import Positions
from clavet.search.positions import code_of, position_of, union

SORTS = {"newest": "-published_at", "changed": "-changed_at", "title": "sort_key_{language}"}


def order(prefix: str, sort: str, language: str) -> array[int]:
    """The positions of all public records of a kind, in the order asked for (a key of ``SORTS``).

    Those whose facts nobody has confirmed for long sink (records.md); ties by code.
    """
    return _order(prefix, sort, language if sort == "title" else "", timezone.localdate())


@kept
def _order(prefix: str, sort: str, language: str, today: datetime.date) -> array[int]:
    key = SORTS[sort].format(language=language)
    records = KINDS[prefix].objects.visible_to().order_by(key, "code_id")
    number = Cast(Substr("code_id", 4), IntegerField())
    first = position_of(f"{prefix}-0")
    positions = array("I", [first + found for found in records.values_list(number, flat=True)])
    stale = unconfirmed(facet_store.positions(), today)
    if not stale:
        return positions
    confirmed = array("I", [position for position in positions if position not in stale])
    return confirmed + array("I", [position for position in positions if position in stale])


def unconfirmed(positions: Positions, today: datetime.date) -> BitMap:
    """The records whose facts nobody has confirmed for long."""
    limit = (today - UNCONFIRMED_AFTER).isoformat()
    return union([those for day, those in positions.get(REVIEW_BY, {}).items() if day < limit])


class Ordered(Sequence[str]):
    """The codes of some records in an order of all: as long as the records are many, read only where a page is cut."""

    def __init__(self, records: BitMap, everything: Sequence[int]) -> None:
        self.records, self.everything = records, everything

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[str]:
        return (code_of(position) for position in self.everything if position in self.records)

    def __getitem__(self, index: int | slice) -> str | list[str]:
        """One code, or those of a slice (without a step)."""
        if isinstance(index, int):
            return self[index : index + 1][0]
        start, stop, _step = index.indices(len(self))
        found: list[str] = []
        if start >= stop:
            return found
        number = 0
        for position in self.everything:
            if position in self.records:
                if number >= start:
                    found.append(code_of(position))
                number += 1
                if number == stop:
                    break
        return found
