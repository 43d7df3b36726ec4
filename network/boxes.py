"""A part of the map: south, west, north and east in degrees, as it stands in an address (``37.0,20.0,42.0,28.5``)."""

from __future__ import annotations

import re
from typing import NamedTuple

NUMBER = r"-?\d{1,3}(?:\.\d{1,4})?"
BOX = re.compile(rf"({NUMBER}),({NUMBER}),({NUMBER}),({NUMBER})", re.ASCII)


class Box(NamedTuple):
    """A rectangle of degrees. A point on its southern or western side is in it, one on the others is not."""

    south: float
    west: float
    north: float
    east: float

    def __contains__(self, point: object) -> bool:
        """Whether a point (longitude, latitude) lies in it."""
        longitude, latitude = point
        return self.south <= latitude < self.north and self.west <= longitude < self.east

    def __str__(self) -> str:
        return ",".join(f"{side:g}" for side in self)


def read_box(text: str) -> Box | None:
    """The box that ``text`` says; ``None`` for anything that is none: addresses are typed, and age."""
    found = BOX.fullmatch(text)
    if found is None:
        return None
    box = Box(*(float(side) for side in found.groups()))
    sound = -90 <= box.south < box.north <= 90 and -180 <= box.west < box.east <= 180
    return box if sound else None
