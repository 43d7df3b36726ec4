"""Which model stands behind a prefix of codes. Each app registers its own when Django starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from clavet.publishing.models import Record


class Addressed(Protocol):
    """What has a page of its own."""

    def url_in(self, language: str) -> str:
        """Its page in ``language``."""


@dataclass(frozen=True)
class Other:
    """What has codes, pages and facets as records have, and is no record: it has no revisions.

    ``find(code)`` gives what the public may see behind a code; ``facets()`` all of it with its facets, for a rebuild.
    """

    find: Callable[[str], Addressed | None]
    facets: Callable[[], Iterator[tuple[str, dict[str, set[str]]]]]


KINDS: dict[str, type[Record]] = {}
OTHERS: dict[str, Other] = {}


def register(model: type[Record]) -> None:
    """Make ``model`` the kind of record behind its shape's prefix."""
    KINDS[model.shape.prefix] = model


def record_of(code: str) -> Record:
    """The record with this code. ``KeyError`` for an unknown prefix, ``DoesNotExist`` for an unknown code."""
    return KINDS[code[:2]].objects.get(code_id=code)


def register_other(prefix: str, other: Other) -> None:
    """Make ``other`` what stands behind the codes with this prefix."""
    OTHERS[prefix] = other
