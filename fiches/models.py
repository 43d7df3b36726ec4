"""The fiche and the rows that hang on it. Fields, limits and states are those of records.md, "CLAVET Fiche"."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clavet.languages import CODES, LANGUAGES
from clavet.publishing.facet_values import SourceType
from clavet.publishing.models import Record
from fiches.kinds import Kind
from fiches.querysets import FicheQuerySet
from fiches.shape import FICHE_SHAPE


class Fiche(Record):
    """What somebody did, what came of it, and how others can take it over."""

    shape = FICHE_SHAPE

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
    review_months = models.PositiveSmallIntegerField(_("months until the facts want confirming"), null=True, blank=True)

    objects = FicheQuerySet.as_manager()

    class Meta:
        verbose_name = _("fiche")
        verbose_name_plural = _("fiches")
        ordering = ["code_id"]
        # Each order of a list is read whole, from an index alone (clavet.publishing.ordering).
        indexes = [
            models.Index(fields=["status", "-published_at", "code"], name="fiche_newest"),
            models.Index(fields=["status", "-changed_at", "code"], name="fiche_changed"),
            *(models.Index(fields=["status", f"sort_key_{code}", "code"], name=f"fiche_title_{code}") for code in CODES),
        ]

    def slug_in(self, language: str) -> str:
        """The slug of the title in ``language``; that of the source title where there is none."""
        return getattr(self, f"slug_{language}") or getattr(self, f"slug_{self.source_language}") or "-"

    def url_in(self, language: str) -> str:
        """The fiche's page in ``language``."""
        return f"/{language}/fiches/{self.code_id}/{self.slug_in(language)}/"

    def get_absolute_url(self) -> str:
        """The address that stays, whatever the language: it leads to the page in the reader's."""
        return reverse("permanent", args=[self.code_id])


class Row(models.Model):
    """A row that hangs on a fiche and keeps its id over all versions."""

    stable_id = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.stable_id


class Indicator(Row):
    """A figure before and after, with the source that supports it."""

    record = models.ForeignKey(Fiche, models.CASCADE, related_name="indicators")
    name = models.CharField(max_length=160, blank=True, default="")
    unit = models.CharField(max_length=60, blank=True, default="")
    before = models.CharField(max_length=20, blank=True, default="")
    after = models.CharField(max_length=20, blank=True, default="")
    year = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        ordering = ["position"]


class Source(Row):
    """What a fiche rests on. Its title stays in its own language."""

    record = models.ForeignKey(Fiche, models.CASCADE, related_name="sources")
    type = models.CharField(max_length=12, choices=SourceType.choices)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=3, blank=True, default="")
    publisher = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField(null=True)
    link = models.URLField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["position"]


class Step(Row):
    """One step of a policy tool's checklist."""

    record = models.ForeignKey(Fiche, models.CASCADE, related_name="steps")
    text = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["position"]


class Attachment(Row):
    """A file to take away, in one language."""

    record = models.ForeignKey(Fiche, models.CASCADE, related_name="attachments")
    file = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    title = models.CharField(max_length=120, blank=True, default="")
    alternative_text = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["position"]
