"""The time limits of review (records.md, "Practice"), counted in working days: Monday to Friday.

Public holidays differ between the countries of authors, reviewers and editors, so none are counted here: a limit tells
when somebody is reminded, not when a right is lost.
"""

from __future__ import annotations

import datetime

# Working days for the coordinator's check that a submission is complete, and for reviews.
COMPLETENESS = 5
REVIEW = 15
# A reviewer is reminded so many working days before the limit.
REMIND_BEFORE = 3

SATURDAY = 5


def working_days_after(day: datetime.date, number: int) -> datetime.date:
    """The last of ``number`` working days that follow ``day``."""
    while number:
        day += datetime.timedelta(days=1)
        if day.weekday() < SATURDAY:
            number -= 1
    return day


def working_days_between(day: datetime.date, later: datetime.date) -> int:
    """How many working days lie after ``day``, up to ``later``; negative the other way round."""
    if later < day:
        return -working_days_between(later, day)
    span = (day + datetime.timedelta(days=offset) for offset in range(1, (later - day).days + 1))
    return sum(1 for each in span if each.weekday() < SATURDAY)
