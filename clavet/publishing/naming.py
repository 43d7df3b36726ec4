"""What is derived from a title: the slug of its address and the key by which lists are sorted."""

from __future__ import annotations

import unicodedata

from slugify import slugify

from clavet.languages import CODES
from clavet.publishing.models import Record

SLUG_LENGTH = 80


def slug(title: str) -> str:
    """A readable, ASCII part of an address (Greek and others are transliterated, so that a link survives being
    pasted into a letter); ``-`` where nothing is left."""
    return slugify(title, max_length=SLUG_LENGTH, word_boundary=True) or "-"


def sort_key(title: str) -> str:
    """``title`` folded: without case, accents and leading quotes, so that lists sort as people expect."""
    decomposed = unicodedata.normalize("NFKD", title.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).lstrip("\"'“”„«»‘’ ")[:100]


def derive(record: Record) -> None:
    """Set slug and sort key of every language on the unsaved ``record``; a language without title sorts by the
    source title."""
    source_title = getattr(record, f"title_{record.source_language}")
    for language in CODES:
        title = getattr(record, f"title_{language}")
        setattr(record, f"slug_{language}", slug(title) if title else "")
        setattr(record, f"sort_key_{language}", sort_key(title or source_title))
