"""Which side of the index is read, and which sides are written."""

from __future__ import annotations

from dataclasses import dataclass

from clavet.cache.kept import kept
from clavet.search.models import IndexState


@dataclass(frozen=True)
class Sides:
    """The side that readers see, and all that a change has to be written to."""

    live: int
    sides: tuple[int, ...]


@kept
def live() -> int:
    """The side that readers see."""
    return IndexState.objects.values_list("live", flat=True).get()


def lock() -> Sides:
    """The sides to write to. Whoever has asked writes alone until the transaction ends."""
    row = IndexState.objects.select_for_update().get()
    return Sides(row.live, (row.live,) if row.building is None else (row.live, row.building))
