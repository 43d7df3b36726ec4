"""Maps of Europe, drawn on the server: outlines, points, arcs between them; no script, no tiles, no other host.

What is drawn also stands beside the map as a list or a table: a map shows where, it is never the only way to know.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace

from django.conf import settings

Point = tuple[float, float]

# Lambert's azimuthal equal-area projection around the point that ETRS89-LAEA takes (EPSG:3035); the earth as a ball.
CENTRE = (52.0, 10.0)
RADIUS = 6371.0

# What a map shows at the most, as kilometres east and north of the centre: from Portugal to the east of Turkey, from
# Cyprus to the North Cape. What lies further out is in the list beside the map only.
WEST, EAST, SOUTH, NORTH = -2700.0, 3000.0, -2050.0, 2250.0
# The least width, and what is left free around the outermost points.
LEAST, MARGIN = 1700.0, 260.0
# Size of the picture in its own units.
WIDTH, HEIGHT = 560.0, 400.0
# Points nearer to each other than this are moved apart.
APART = 21.0


def project(latitude: float, longitude: float) -> Point:
    """A place as kilometres east and north of the centre."""
    phi, phi0 = math.radians(latitude), math.radians(CENTRE[0])
    turn = math.radians(longitude - CENTRE[1])
    nearness = 1 + math.sin(phi0) * math.sin(phi) + math.cos(phi0) * math.cos(phi) * math.cos(turn)
    scale = RADIUS * math.sqrt(2 / max(nearness, 1e-9))
    return (
        scale * math.cos(phi) * math.sin(turn),
        scale * (math.cos(phi0) * math.sin(phi) - math.sin(phi0) * math.cos(phi) * math.cos(turn)),
    )


@lru_cache(maxsize=1)
def outlines() -> dict[str, list[list[Point]]]:
    """The rings of each country, projected, by its code (source: data/maps/README.md)."""
    path = settings.PROJECT / "data" / "maps" / "outlines.json"
    countries = json.loads(path.read_text(encoding="utf-8"))["countries"]
    return {
        code: [[project(latitude, longitude) for longitude, latitude in ring] for ring in rings]
        for code, rings in countries.items()
    }


def middle_of(country: str) -> Point | None:
    """The middle of the largest outline of a country, projected; ``None`` for one that has no outline."""
    middles = [_middle(ring) for ring in outlines().get(country, ())]
    return max(middles)[1] if middles else None


def _middle(ring: Sequence[Point]) -> tuple[float, Point]:
    """The area of a ring and its centre of gravity."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        part = x1 * y2 - x2 * y1
        area, x, y = area + part, x + (x1 + x2) * part, y + (y1 + y2) * part
    return abs(area) / 2, (x / (3 * area), y / (3 * area))


def where(latitude: object, longitude: object, country: str) -> Point | None:
    """A place, projected: the point given, else the middle of its country. ``None`` where it is on no map of Europe."""
    if latitude is not None and longitude is not None:
        point = project(float(str(latitude)), float(str(longitude)))
    else:
        middle = middle_of(country)
        if middle is None:
            return None
        point = middle
    return point if WEST <= point[0] <= EAST and SOUTH <= point[1] <= NORTH else None


@dataclass(frozen=True)
class Frame:
    """The part of Europe that a picture shows: its west and north edge, and units of the picture to the kilometre."""

    west: float
    north: float
    scale: float

    @classmethod
    def around(cls, points: Sequence[Point]) -> Frame:
        """All points with a margin, not nearer than that one still sees which country it is; all of Europe for none."""
        if not points:
            points = [(WEST, SOUTH), (EAST, NORTH)]
        xs, ys = [x for x, _y in points], [y for _x, y in points]
        width = max(LEAST, max(xs) - min(xs) + 2 * MARGIN, (max(ys) - min(ys) + 2 * MARGIN) * WIDTH / HEIGHT)
        width = min(width, EAST - WEST)
        height = width * HEIGHT / WIDTH
        west = min(max((max(xs) + min(xs) - width) / 2, WEST), EAST - width)
        north = min(max((max(ys) + min(ys) + height) / 2, SOUTH + height), max(NORTH, SOUTH + height))
        return cls(west, north, WIDTH / width)

    def place(self, point: Point) -> Point:
        """Where in the picture a projected point is."""
        return (point[0] - self.west) * self.scale, (self.north - point[1]) * self.scale


def lands(frame: Frame, marked: Iterable[str] = ()) -> list[SimpleNamespace]:
    """The countries that the frame shows, as paths; those in ``marked`` last, so that their outline lies on top."""
    chosen = set(marked)
    found = []
    for code, rings in outlines().items():
        path = "".join(_ring(frame, ring) for ring in rings)
        if path:
            found.append(SimpleNamespace(code=code, path=path, marked=code in chosen))
    return sorted(found, key=lambda land: land.marked)


def _ring(frame: Frame, ring: Sequence[Point]) -> str:
    """A ring as a part of a path; empty where it lies outside of the picture or is too small to be seen."""
    points = [frame.place(point) for point in ring]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    if max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT:
        return ""
    whole = [(round(x), round(y)) for x, y in points]
    kept = [here for before, here in zip([None, *whole], whole, strict=False) if here != before]
    return "M" + "L".join(f"{x} {y}" for x, y in kept) + "Z" if len(kept) > 2 else ""


def spread(points: Sequence[Point], apart: float = APART) -> list[Point]:
    """The same points in the picture, moved a little where two would lie on each other: the first stays."""
    placed: list[Point] = []
    for x, y in points:
        here, step = (x, y), 0
        while any(math.dist(here, other) < apart for other in placed):
            step += 1
            angle, reach = step * 2.4, apart * (1 + step / 9)
            here = (x + reach * math.cos(angle), y + reach * math.sin(angle))
        placed.append(here)
    return placed


def arc(start: Point, end: Point, short: float = 0.0) -> str:
    """A curve from one place of the picture to another, bent to its left; it ends ``short`` of where it leads."""
    (x1, y1), (x2, y2) = start, end
    length = math.dist(start, end)
    if length <= short:
        return ""
    x, y = (x1 + x2) / 2 + (y2 - y1) * 0.18, (y1 + y2) / 2 - (x2 - x1) * 0.18
    reach = math.dist((x, y), end)
    share = short / reach
    x2, y2 = x2 + (x - x2) * share, y2 + (y - y2) * share
    return f"M{x1:.0f} {y1:.0f}Q{x:.0f} {y:.0f} {x2:.1f} {y2:.1f}"


@dataclass(frozen=True)
class Place:
    """What stands on a map: where (projected), its kind (a class of the style sheet), its number in the list beside the
    map (0 for none)."""

    point: Point
    kind: str
    number: int = 0


@dataclass(frozen=True)
class Map:
    """A map as ``partials/map.html`` draws it. ``label`` says what it shows to those who do not see it."""

    label: str
    lands: list[SimpleNamespace]
    arcs: list[str]
    places: list[SimpleNamespace]
    view_box: str = f"0 0 {WIDTH:.0f} {HEIGHT:.0f}"


def map_from(label: str, origin: Place | None, others: Sequence[Place], marked: Iterable[str]) -> Map:
    """A map with an arc from ``origin``, where it is known, to each of the ``others``; countries in ``marked`` stand
    out."""
    shown = [*([origin] if origin else []), *others]
    frame = Frame.around([place.point for place in shown])
    points = spread([frame.place(place.point) for place in shown])
    drawn = [
        SimpleNamespace(x=f"{x:.0f}", y=f"{y:.0f}", kind=place.kind, number=place.number)
        for place, (x, y) in zip(shown, points, strict=True)
    ]
    arcs = [arc(points[0], point, short=13.0) for point in points[1:]] if origin else []
    # The origin comes last, so that it lies on top of the arcs' beginnings and of what is near to it.
    return Map(label, lands(frame, marked), arcs, drawn[1:] + drawn[:1] if origin else drawn)
