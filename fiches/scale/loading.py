"""The whole of ``load_scale``: records, what is derived from them, and what the database knows of their number."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from clavet.publishing import effects
from clavet.search.rebuilding import Report
from fiches.scale import making


@dataclass(frozen=True)
class Loaded:
    """What was written and how long it took in seconds, all in all; what the index became."""

    fiches: int
    authorities: int
    seconds: float
    index: Report


def load(data: Path, languages: Sequence[str], *, fiches: int, authorities: int, seed: int) -> Loaded:
    """Write so many synthetic fiches and authorities with words from ``data``, and build facets and index anew."""
    started = time.monotonic()
    plan = making.make_plan(data, languages, seed)
    given = making.make_authorities(plan, authorities)
    making.make_fiches(plan.at(given), fiches)
    index = effects.rebuild_all()
    with connection.cursor() as cursor:
        # Both databases choose their ways by statistics that a load in bulk leaves far behind.
        cursor.execute("ANALYZE")
    return Loaded(fiches, authorities, time.monotonic() - started, index)
