"""The practice and the rows that hang on it. Fields, limits and states are those of records.md, "Practice"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from clavet.publishing.models import Record
from clavet.publishing.models.records import indexes_of_lists
from clavet.publishing.models.rows import AttachmentRow, IndicatorRow, Row, SourceRow
from network.models import Authority
from practices.facts import BudgetPeriod, Cost, Evaluation, Outcome, cost_of, time_of
from practices.querysets import PracticeQuerySet
from practices.shape import PRACTICE_SHAPE


class Practice(Record):
    """What an authority did, told by itself or compiled from public sources, judged by others before it is public.

    ``authority`` is the code of its owner. It stands in the row from the first save on, before anything is public:
    who may go on with a draft follows from it.
    """

    shape = PRACTICE_SHAPE
    room = "practices"
    facet_columns = ("authority", "outcome", "budget_amount", "budget_band", "months_to_results", "adopted_by")

    title = models.CharField(_("title"), max_length=100, blank=True, default="")
    slug = models.CharField(max_length=100, blank=True, default="", editable=False)
    sort_key = models.CharField(max_length=100, blank=True, default="", editable=False)
    summary = models.TextField(_("summary"), blank=True, default="")
    challenge = models.TextField(_("the challenge"), blank=True, default="")
    what_was_done = models.TextField(_("what was done"), blank=True, default="")
    participation = models.TextField(_("who took part and how"), blank=True, default="")
    evidence = models.TextField(_("what came of it"), blank=True, default="")
    what_did_not_work = models.TextField(_("what did not work"), blank=True, default="")
    how_to_transfer = models.TextField(_("how to transfer it"), blank=True, default="")
    depends_on = models.TextField(_("what it depends on"), blank=True, default="")
    after_funding = models.TextField(_("what goes on after the funding"), blank=True, default="")

    authority = models.CharField(_("authority"), max_length=12, db_index=True, blank=True, default="")
    place_name = models.CharField(_("place"), max_length=120, blank=True, default="")
    latitude = models.CharField(_("latitude"), max_length=12, blank=True, default="")
    longitude = models.CharField(_("longitude"), max_length=12, blank=True, default="")
    period_from = models.CharField(_("from"), max_length=7, blank=True, default="")
    period_to = models.CharField(_("to"), max_length=7, blank=True, default="")
    budget_amount = models.PositiveBigIntegerField(_("budget in EUR"), null=True, blank=True)
    budget_band = models.CharField(_("budget"), max_length=10, choices=Cost.choices, blank=True, default="")
    budget_period = models.CharField(
        _("the budget is"), max_length=10, choices=BudgetPeriod.choices, blank=True, default=""
    )
    people = models.CharField(_("staff"), max_length=20, blank=True, default="")
    funding_sources = models.JSONField(_("funding"), default=list, blank=True)
    months_to_results = models.PositiveSmallIntegerField(_("months to the first results"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True, default="")
    evaluation = models.CharField(_("evaluation"), max_length=10, choices=Evaluation.choices, blank=True, default="")
    evaluation_link = models.URLField(_("link to the evaluation"), max_length=500, blank=True, default="")
    offers = models.JSONField(_("offers"), default=list, blank=True)
    contact = models.PositiveIntegerField(_("contact"), null=True, blank=True)
    unknown = models.JSONField(_("not known from public sources"), default=list, blank=True)
    related = models.JSONField(_("related records"), default=list, blank=True)
    review_months = models.PositiveSmallIntegerField(_("months until the facts want confirming"), null=True, blank=True)
    # How many authorities have adapted it, as far as a coordinator has confirmed it; kept by practices.adopting.
    adopted_by = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["code_id"]
        # Which translations lack is counted from the second alone: the rows are too wide to be read for that.
        indexes = [
            *indexes_of_lists("practice"),
            models.Index(fields=["source_language", "code"], name="practice_language"),
        ]

    @classmethod
    def more_facets(cls, rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, set[str]]]:
        """Outcome, cost, time, which authority of what kind and size stands behind each practice, and whether others
        have adapted it."""
        given = {row["authority"] for row in rows}
        owners = {owner.code_id: owner for owner in Authority.objects.filter(code_id__in=given)}
        return {row["code_id"]: values_of(row, owners.get(row["authority"])) for row in rows}


def values_of(row: Mapping[str, Any], owner: Authority | None) -> dict[str, set[str]]:
    """The facets that only practices have."""
    values = {
        "kind": "practice",
        "authority": row["authority"],
        "outcome": row["outcome"],
        "cost": cost_of(row["budget_amount"], row["budget_band"]),
        "time": time_of(row["months_to_results"]),
        "size": owner.size.value if owner and owner.size else "",
        "authority_kind": owner.kind if owner else "",
        "adapted": "yes" if row["adopted_by"] else "",
    }
    return {name: {value} if value else set() for name, value in values.items()}


class Partner(Row):
    """Who took part beside the owner: an authority of the directory, or a name."""

    record = models.ForeignKey(Practice, models.CASCADE, related_name="partners")
    authority = models.CharField(max_length=12, blank=True, default="")
    name = models.CharField(max_length=200)


class Indicator(IndicatorRow):
    """A figure of a practice."""

    record = models.ForeignKey(Practice, models.CASCADE, related_name="indicators")


class Source(SourceRow):
    """What a practice rests on, and where to read on."""

    record = models.ForeignKey(Practice, models.CASCADE, related_name="sources")


class Attachment(AttachmentRow):
    """A file of a practice."""

    record = models.ForeignKey(Practice, models.CASCADE, related_name="attachments")
