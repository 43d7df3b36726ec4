"""Which model stands behind a prefix of codes. Each app registers its own when Django starts."""

from __future__ import annotations

from clavet.publishing.models import Record

KINDS: dict[str, type[Record]] = {}


def register(model: type[Record]) -> None:
    """Make ``model`` the kind of record behind its shape's prefix."""
    KINDS[model.shape.prefix] = model


def record_of(code: str) -> Record:
    """The record with this code. ``KeyError`` for an unknown prefix, ``DoesNotExist`` for an unknown code."""
    return KINDS[code[:2]].objects.get(code_id=code)
