"""What the page of results shows beside records: other rooms give what they found under the same words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Beside:
    """What another room found: the first few, how many there are, and where to see all."""

    name: str
    heading: str | Promise
    template: str
    cards: list[Any] = field(default_factory=list)
    tally: str = ""
    url: str = ""


# Given the words and the language; ``None`` where nothing was found.
FINDERS: list[Callable[[str, str], Beside | None]] = []


def register(finder: Callable[[str, str], Beside | None]) -> None:
    """Ask ``finder`` as well from now on."""
    if finder not in FINDERS:
        FINDERS.append(finder)


def found_beside(text: str, language: str) -> list[Beside]:
    """What all others found."""
    return [found for finder in FINDERS if (found := finder(text, language)) is not None]
