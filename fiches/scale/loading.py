"""The whole of ``load_scale``: records, what is derived from them, and what the database knows of their number."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from clavet.library.scale.records import make_plan, make_records
from clavet.publishing import effects
from clavet.search.rebuilding import Report
from fiches.scale import making as fiches
from network.scale import make_authorities
from practices.scale import making as practices

# Practices need owners and members need places: where none are asked for, so many share one.
TO_AN_AUTHORITY = 20


@dataclass(frozen=True)
class Wanted:
    """How many of what."""

    fiches: int = 0
    practices: int = 0
    authorities: int = 0
    members: int = 0

    @property
    def owners(self) -> int:
        """How many authorities are made: those asked for, or as many as the others need."""
        return self.authorities or -(-max(self.practices, self.members) // TO_AN_AUTHORITY)


@dataclass(frozen=True)
class Loaded:
    """How long it took in seconds, all in all; what the index became."""

    seconds: float
    index: Report


def load(data: Path, languages: Sequence[str], wanted: Wanted, *, seed: int) -> Loaded:
    """Write so many synthetic records with words from ``data``, and build facets and index anew."""
    started = time.monotonic()
    plan = make_authorities(make_plan(data, languages, seed), wanted.owners, wanted.members)
    make_records(plan, fiches.MAKER, wanted.fiches)
    make_records(plan, practices.MAKER, wanted.practices)
    index = effects.rebuild_all()
    with connection.cursor() as cursor:
        # Both databases choose their ways by statistics that a load in bulk leaves far behind.
        cursor.execute("ANALYZE")
    return Loaded(time.monotonic() - started, index)
