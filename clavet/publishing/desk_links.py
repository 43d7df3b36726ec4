"""Where a dossier leads to beyond what all records have: rooms add their own, such as what is made of a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from clavet.publishing.models import Record


@dataclass(frozen=True)
class Link:
    """A button of the dossier."""

    label: Promise | str
    url: str


Maker = Callable[[Record], Iterable[Link]]
MAKERS: list[Maker] = []


def register(maker: Maker) -> None:
    """Add a function that gives the links of a record, once."""
    if maker not in MAKERS:
        MAKERS.append(maker)


def of(record: Record) -> list[Link]:
    """All links of a record, in the order in which rooms were made known."""
    return [link for maker in MAKERS for link in maker(record)]
