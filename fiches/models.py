"""The fiche and the rows that hang on it. Fields, limits and states are those of records.md, "CLAVET Fiche"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from clavet.publishing.models import Record
from clavet.publishing.models.records import indexes_of_lists
from clavet.publishing.models.rows import AttachmentRow, IndicatorRow, Row, SourceRow
from fiches.kinds import Kind
from fiches.querysets import FicheQuerySet
from fiches.shape import FICHE_SHAPE


class Fiche(Record):
    """What somebody did, what came of it, and how others can take it over."""

    shape = FICHE_SHAPE
    room = "fiches"
    facet_columns = ("kind", "authorities")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, blank=True)
    title = models.CharField(_("title"), max_length=100, blank=True, default="")
    slug = models.CharField(max_length=100, blank=True, default="", editable=False)
    sort_key = models.CharField(max_length=100, blank=True, default="", editable=False)
    summary = models.TextField(_("summary"), blank=True, default="")
    who = models.CharField(_("who"), max_length=120, blank=True, default="")
    what = models.CharField(_("what"), max_length=120, blank=True, default="")
    result = models.CharField(_("result"), max_length=120, blank=True, default="")
    context = models.TextField(_("context"), blank=True, default="")
    what_was_done = models.TextField(_("what was done"), blank=True, default="")
    results = models.TextField(_("results"), blank=True, default="")
    what_did_not_work = models.TextField(_("what did not work"), blank=True, default="")
    lessons = models.TextField(_("lessons"), blank=True, default="")
    how_to_transfer = models.TextField(_("how to transfer it"), blank=True, default="")
    resources = models.TextField(_("resources"), blank=True, default="")
    time_needed = models.CharField(_("time needed"), max_length=120, blank=True, default="")
    who_takes_part = models.CharField(_("who takes part"), max_length=120, blank=True, default="")

    authorities = models.JSONField(_("authorities"), default=list, blank=True)
    related = models.JSONField(_("related records"), default=list, blank=True)
    made_from = models.CharField(_("Made from the practice"), max_length=12, db_index=True, blank=True, default="")
    review_months = models.PositiveSmallIntegerField(_("months until the facts want confirming"), null=True, blank=True)

    objects = FicheQuerySet.as_manager()

    class Meta:
        verbose_name = _("fiche")
        verbose_name_plural = _("fiches")
        ordering = ["code_id"]
        indexes = indexes_of_lists("fiche")

    @classmethod
    def more_facets(cls, rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, set[str]]]:
        """The kind of each fiche, and the authorities that stand behind it."""
        return {
            row["code_id"]: {"kind": {row["kind"]} if row["kind"] else set(), "authority": set(row["authorities"])}
            for row in rows
        }


class Indicator(IndicatorRow):
    """A figure of a fiche."""

    record = models.ForeignKey(Fiche, models.CASCADE, related_name="indicators")


class Source(SourceRow):
    """What a fiche rests on."""

    record = models.ForeignKey(Fiche, models.CASCADE, related_name="sources")


class Step(Row):
    """One step of a policy tool's checklist."""

    record = models.ForeignKey(Fiche, models.CASCADE, related_name="steps")
    text = models.CharField(max_length=300, blank=True, default="")


class Attachment(AttachmentRow):
    """A file of a fiche."""

    record = models.ForeignKey(Fiche, models.CASCADE, related_name="attachments")
