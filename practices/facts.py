"""The closed lists that describe a practice (records.md, "Practice"). Values stand in files: don't rename them."""

from __future__ import annotations

import datetime

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Outcome(TextChoices):
    """What came of it. All three are welcome and stand equal in the library."""

    ACHIEVED = "achieved", pgettext_lazy("outcome of a practice", "achieved")
    PARTLY = "partly", pgettext_lazy("outcome of a practice", "partly achieved")
    NOT_ACHIEVED = "not_achieved", pgettext_lazy("outcome of a practice", "not achieved")


class AdoptionOutcome(TextChoices):
    """What came of a practice where others adapted it."""

    ACHIEVED = Outcome.ACHIEVED.value, Outcome.ACHIEVED.label
    PARTLY = Outcome.PARTLY.value, Outcome.PARTLY.label
    NOT_ACHIEVED = Outcome.NOT_ACHIEVED.value, Outcome.NOT_ACHIEVED.label
    TOO_EARLY = "too_early", pgettext_lazy("outcome of a practice", "too early to say")


class Cost(TextChoices):
    """Bands of a budget in EUR."""

    UNDER_10 = "under_10", _("under €10,000")
    FROM_10 = "10_50", _("€10,000 to €50,000")
    FROM_50 = "50_250", _("€50,000 to €250,000")
    FROM_250 = "250_1000", _("€250,000 to €1 million")
    OVER_1000 = "over_1000", _("over €1 million")


class BudgetPeriod(TextChoices):
    """What a budget is for."""

    YEARLY = "yearly", _("a year")
    TOTAL = "total", _("in all")


class Funding(TextChoices):
    """Who pays."""

    OWN = "own", _("own funds")
    REGIONAL = "regional", _("regional funds")
    NATIONAL = "national", _("national funds")
    ESF = "esf", "ESF+"
    ERASMUS = "erasmus", "Erasmus+"
    OTHER_EU = "other_eu", _("other EU funds")
    PRIVATE = "private", _("private funds")


class Evaluation(TextChoices):
    """How it was evaluated."""

    NONE = "none", _("not evaluated")
    INTERNAL = "internal", _("evaluated internally")
    EXTERNAL = "external", _("evaluated externally")


class Offer(TextChoices):
    """What the authority offers to those who want to learn from it."""

    CALL = "call", _("a call")
    VISIT = "visit", _("a visit")
    DOCUMENTS = "documents", _("documents")
    PEER_REVIEW = "peer_review", _("a peer review")


class TimeToResults(TextChoices):
    """Bands of months until the first results."""

    HALF_YEAR = "half_year", _("up to 6 months")
    YEAR = "year", _("7 to 12 months")
    TWO_YEARS = "two_years", _("1 to 2 years")
    LONGER = "longer", _("more than 2 years")


# The lowest amount in EUR of each band, the largest first.
COST_BANDS = (
    (1_000_000, Cost.OVER_1000),
    (250_000, Cost.FROM_250),
    (50_000, Cost.FROM_50),
    (10_000, Cost.FROM_10),
    (0, Cost.UNDER_10),
)
# The most months of each band.
TIME_BANDS = ((6, TimeToResults.HALF_YEAR), (12, TimeToResults.YEAR), (24, TimeToResults.TWO_YEARS))


def cost_of(amount: int | None, band: str) -> str:
    """The band of a budget: that of its amount in EUR where one is given, else the band that was chosen."""
    if amount is None:
        return band
    return next(name.value for lowest, name in COST_BANDS if amount >= lowest)


def time_of(months: int | None) -> str:
    """The band of the months until the first results; empty where they are not known."""
    if months is None:
        return ""
    return next((name.value for most, name in TIME_BANDS if months <= most), TimeToResults.LONGER.value)


def month(text: str) -> str:
    """``2024-09`` as the reader's language writes a month."""
    year, number = text.split("-")
    return date_format(datetime.date(int(year), int(number), 1), "YEAR_MONTH_FORMAT")
