"""Which public records have which facet values: read whole, changed one record at a time, replaced by a rebuild."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyroaring import BitMap

from clavet.cache.kept import kept
from clavet.search import state
from clavet.search.models import FacetPositions, IndexState

Values = Mapping[str, Iterable[str]]
Positions = dict[str, dict[str, BitMap]]


@kept
def positions() -> Positions:
    """For each facet and each of its values the records that have it. Not to be changed: all share it."""
    found: Positions = defaultdict(dict)
    rows = FacetPositions.objects.filter(side__in=IndexState.objects.values("live"))
    for name, value, stored in rows.values_list("name", "value", "positions"):
        found[name][value] = BitMap.deserialize(bytes(stored))
    return found


def write(records: Mapping[int, Values]) -> None:
    """From now on these records (by position) have these values and no others; none at all takes a record out."""
    wanted: dict[tuple[str, str], BitMap] = defaultdict(BitMap)
    for position, values in records.items():
        for name, several in values.items():
            for value in several:
                wanted[name, value].add(position)
    for side in state.lock().sides:
        _write(side, BitMap(records), dict(wanted))


def _write(side: int, touched: BitMap, wanted: dict[tuple[str, str], BitMap]) -> None:
    changed, emptied = [], []
    for row in FacetPositions.objects.filter(side=side):
        stored = BitMap.deserialize(bytes(row.positions))
        here = wanted.pop((row.name, row.value), BitMap())
        if stored & touched == here:
            continue
        stored = (stored - touched) | here
        row.positions = stored.serialize()
        (changed if stored else emptied).append(row)
    FacetPositions.objects.bulk_update(changed, ["positions"])
    FacetPositions.objects.filter(pk__in=[row.pk for row in emptied]).delete()
    FacetPositions.objects.bulk_create(
        FacetPositions(side=side, name=name, value=value, positions=those.serialize())
        for (name, value), those in sorted(wanted.items())
    )


def replace(side: int, records: Iterable[tuple[int, Values]]) -> None:
    """Write a whole side anew: every public record's position with its values."""
    found: Positions = defaultdict(lambda: defaultdict(BitMap))
    for position, values in records:
        for name, several in values.items():
            for value in several:
                found[name][value].add(position)
    FacetPositions.objects.filter(side=side).delete()
    FacetPositions.objects.bulk_create(
        FacetPositions(side=side, name=name, value=value, positions=those.serialize())
        for name, several in sorted(found.items())
        for value, those in sorted(several.items())
    )
