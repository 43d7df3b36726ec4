"""What lies on the desk: each app gives blocks of its own.

A block is a function from an account to a ``Block``, or to ``None`` where it has nothing to say to this person. Its
rows say what waits, for whom, and since when.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Row:
    """One line: a title with its address, what there is to do or to know, since when, and the tone (``portal`` speaks,
    ``act`` asks for something). ``lang`` where the title is in another language than the page."""

    title: str
    url: str = ""
    what: Promise | str = ""
    since: datetime.datetime | datetime.date | None = None
    tone: str = "portal"
    lang: str = ""


@dataclass(frozen=True)
class Block:
    """A heading and its rows; without rows it says ``empty``. ``url`` and ``url_label`` are the way on from it."""

    heading: Promise | str
    rows: list[Row] = field(default_factory=list)
    empty: Promise | str = ""
    url: str = ""
    url_label: Promise | str = ""


Maker = Callable[[Any], Block | None]
MAKERS: list[tuple[int, Maker]] = []


def register(maker: Maker, *, place: int = 50) -> None:
    """Add a block; those with a lower ``place`` come first. What waits for a person belongs before 50."""
    if maker not in (known for _place, known in MAKERS):
        MAKERS.append((place, maker))
        MAKERS.sort(key=lambda entry: entry[0])


def blocks_for(user: Any) -> list[Block]:
    """What lies on this person's desk, in order."""
    return [block for _place, maker in MAKERS if (block := maker(user)) is not None]
