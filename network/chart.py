"""The map of the directory: clusters of authorities, each a link that narrows the list to its part of the map."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace

from django.utils.translation import gettext as _
from django_countries import countries
from pyroaring import BitMap

from clavet.web import lists, maps
from network.boxes import Box
from network.places import Place, points, tally

# Degrees from south to north and from west to east that one cluster takes on the map of all Europe; into so many parts
# each way is a part of it cut when it is looked at more closely.
CELL = (5.0, 8.0)
PARTS = 5
LEAST_CELL = 0.05
# The radius of a cluster of one, in units of the picture: on a phone still wide enough for a thumb's tip.
RADIUS = 22
COUNTRIES_NAMED = 3


@dataclass(frozen=True)
class Chart:
    """The map as its template draws it; ``off`` says how many of the authorities are on no map."""

    label: str
    lands: list[SimpleNamespace]
    clusters: list[SimpleNamespace]
    view_box: str
    off: str


def cell_size(box: Box | None) -> tuple[float, float]:
    """How many degrees a cluster takes, north and east."""
    if box is None:
        return CELL
    return max((box.north - box.south) / PARTS, LEAST_CELL), max((box.east - box.west) / PARTS, LEAST_CELL)


def cells(found: BitMap, size: tuple[float, float]) -> dict[Box, list[Place]]:
    """The authorities that lie on the map, by the cell that each is in."""
    height, width = size
    sides: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for position, place in points().items():
        if position in found:
            sides[math.floor(place.latitude / height), math.floor(place.longitude / width)].append(place)
    return {
        Box(
            *(round(side, 4) for side in (row * height, column * width, (row + 1) * height, (column + 1) * width))
        ): here
        for (row, column), here in sides.items()
    }


def chart(
    found: BitMap, box: Box | None, path: str, chosen: Mapping[str, Iterable[str]], more: Mapping[str, str]
) -> Chart:
    """The map of the authorities ``found``. Links keep the filters, and the map."""
    drawn = []
    for cell, places in sorted(cells(found, cell_size(box)).items()):
        middle = maps.where(
            sum(place.latitude for place in places) / len(places),
            sum(place.longitude for place in places) / len(places),
            "",
        )
        if middle is not None:
            drawn.append((cell, places, middle))
    frame = maps.Frame.around([middle for _cell, _places, middle in drawn])
    spots = maps.spread([frame.place(middle) for _cell, _places, middle in drawn], apart=2 * RADIUS)
    clusters = [
        SimpleNamespace(
            x=f"{x:.0f}",
            y=f"{y:.0f}",
            radius=RADIUS + min(round(2 * math.log2(len(places))), 10),
            number=len(places),
            label=f"{where(places)}: {tally(len(places))}",
            url=lists.address(path, chosen, **{**more, "box": str(cell)}),
        )
        for (cell, places, _middle), (x, y) in zip(drawn, spots, strict=True)
    ]
    off = len(found) - sum(cluster.number for cluster in clusters)
    return Chart(
        label=_("Where these authorities are"),
        lands=maps.lands(frame),
        clusters=clusters,
        view_box=f"0 0 {maps.WIDTH:.0f} {maps.HEIGHT:.0f}",
        off=_("Not on the map: %(number)s") % {"number": tally(off)} if off else "",
    )


def where(places: Iterable[Place]) -> str:
    """The countries that places are in, by their names."""
    names = sorted(countries.name(code) for code in {place.country for place in places})
    return ", ".join(names[:COUNTRIES_NAMED]) + ("…" if len(names) > COUNTRIES_NAMED else "")
