"""When public pages change by the clock alone: nothing is kept beyond that moment."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.utils import timezone

from clavet.cache.kept import kept

# Each app adds what in it changes at a moment: a function that gives the first one after ``now``, or ``None``.
MOMENTS: list[Callable[[datetime.datetime], datetime.datetime | None]] = []


def register(moment: Callable[[datetime.datetime], datetime.datetime | None]) -> None:
    """Add a function that knows when something changes, once."""
    if moment not in MOMENTS:
        MOMENTS.append(moment)


def next_change(now: datetime.datetime) -> datetime.datetime:
    """The first moment after ``now`` at which any page may change: what apps know of, and the next midnight."""
    found = _first_known()
    if found is not None and found <= now:
        found = first_after(now)
    midnight = timezone.make_aware(
        datetime.datetime.combine(timezone.localdate(now) + datetime.timedelta(days=1), datetime.time())
    )
    return min(midnight, found) if found else midnight


@kept
def _first_known() -> datetime.datetime | None:
    return first_after(timezone.now())


def first_after(now: datetime.datetime) -> datetime.datetime | None:
    """The first moment after ``now`` that an app knows of."""
    return min((found for moment in MOMENTS if (found := moment(now)) is not None), default=None)
