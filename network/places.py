"""Where the authorities of the directory are, and how many in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import ngettext

from clavet.cache.kept import kept
from clavet.search.positions import position_of
from network.models import Authority


class Place(NamedTuple):
    """A point in degrees, and the country that it is in."""

    longitude: float
    latitude: float
    country: str


@kept
def points() -> Mapping[int, Place]:
    """Where the visible authorities are, by position: those of which it is known."""
    rows = Authority.objects.visible().exclude(latitude=None).exclude(longitude=None)
    rows = rows.values_list("code_id", "longitude", "latitude", "country")
    return {position_of(code): Place(float(east), float(north), country) for code, east, north, country in rows}


def tally(number: int) -> str:
    """So many authorities, in words."""
    return ngettext("%(number)d authority", "%(number)d authorities", number) % {"number": number}
