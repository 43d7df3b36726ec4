"""What all records share: the live row, which holds accepted content only."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from clavet.languages import CODES, LANGUAGES, SOURCE
from clavet.publishing.facet_values import GovernanceLevel, Licence, Phase
from clavet.publishing.models.codes import Code
from clavet.publishing.models.revisions import Part
from clavet.publishing.models.versions import Translation

if TYPE_CHECKING:
    from clavet.publishing.shape import Shape

# A record whose facts nobody has confirmed for so long after its review-by day carries a notice (records.md).
UNCONFIRMED_AFTER = datetime.timedelta(days=183)


class RecordQuerySet(models.QuerySet):
    """What can be asked of records of any kind."""

    def visible_to(self, user: Any = None, *, archived: bool = False) -> RecordQuerySet:
        """What ``user`` may see in lists, search, feeds and exports: the published.

        With ``archived`` also what has left the lists but still has its page. Nobody sees more than the public
        here, whatever the role: who works on a record sees it through its revisions.
        """
        states = [Record.Status.PUBLISHED, *([Record.Status.ARCHIVED] if archived else [])]
        return self.filter(status__in=states)

    def published_in(self, language: str) -> RecordQuerySet:
        """Those with a full text in ``language``, be it the source or an accepted translation."""
        here = Translation.objects.current().filter(code_id=OuterRef("code_id"), language=language, part=Part.FULL)
        return self.filter(Q(source_language=language) | Exists(here))


def indexes_of_lists(name: str) -> list[models.Index]:
    """The indexes of a kind called ``name``: each order of its lists is read whole, from an index alone
    (clavet.publishing.ordering)."""
    return [
        models.Index(fields=["status", "-published_at", "code"], name=f"{name}_newest"),
        models.Index(fields=["status", "-changed_at", "code"], name=f"{name}_changed"),
        *(models.Index(fields=["status", f"sort_key_{key}", "code"], name=f"{name}_title_{key}") for key in CODES),
    ]


class Record(models.Model):
    """A record of any kind: code, state, facets. Texts are added by each kind."""

    class Status(models.TextChoices):
        """What the public gets of the record."""

        UNPUBLISHED = "unpublished", _("unpublished")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")
        WITHDRAWN = "withdrawn", _("withdrawn")

    shape: ClassVar[Shape]
    # The room that shows it: the first part of its addresses.
    room: ClassVar[str]
    # The columns that more facets are made of than those of all records, by ``more_facets``.
    facet_columns: ClassVar[tuple[str, ...]] = ()

    code = models.OneToOneField(Code, models.PROTECT, related_name="+", verbose_name=_("code"))
    status = FSMField(_("status"), default=Status.UNPUBLISHED, choices=Status.choices, protected=True)
    source_language = models.CharField(_("source language"), max_length=2, choices=LANGUAGES, default=SOURCE)
    version = models.PositiveIntegerField(_("version"), default=0)

    source_title = models.CharField(_("title"), max_length=100, blank=True, editable=False)
    source_summary = models.CharField(max_length=400, blank=True, editable=False)

    topics = models.ManyToManyField("vocabulary.Concept", related_name="+", blank=True, verbose_name=_("topics"))
    topic_order = models.JSONField(default=list, editable=False)
    phases = models.JSONField(_("phases"), default=list, blank=True)
    sectors = models.JSONField(_("sectors"), default=list, blank=True)
    target_groups = models.JSONField(_("target groups"), default=list, blank=True)
    governance_level = models.CharField(
        _("governance level"), max_length=20, choices=GovernanceLevel.choices, blank=True
    )
    countries = models.JSONField(_("countries"), default=list, blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices, default=Licence.CC_BY)

    is_sample = models.BooleanField(_("sample content"), default=False)
    is_example = models.BooleanField(_("invented example"), default=False)
    compiled_on = models.DateField(_("compiled from public sources on"), null=True, blank=True)

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(_("published at"), null=True, db_index=True)
    changed_at = models.DateTimeField(_("changed at"), null=True, db_index=True)
    review_by = models.DateField(_("review by"), null=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code_id} {self.source_title}".strip()

    def get_absolute_url(self) -> str:
        """The address that stays, whatever the language: it leads to the page in the reader's."""
        return reverse("permanent", args=[self.code_id])

    # The graph of states; called by clavet.publishing.workflow only.
    @transition(field=status, source=[Status.UNPUBLISHED], target=Status.PUBLISHED)
    def mark_published(self) -> None:
        """Its first version is accepted."""

    @transition(field=status, source=Status.PUBLISHED, target=Status.ARCHIVED)
    def mark_archived(self) -> None:
        """It leaves the lists; its page stays."""

    @transition(field=status, source=Status.ARCHIVED, target=Status.PUBLISHED)
    def mark_restored(self) -> None:
        """It comes back into the lists."""

    @transition(field=status, source=[Status.PUBLISHED, Status.ARCHIVED, Status.UNPUBLISHED], target=Status.WITHDRAWN)
    def mark_withdrawn(self) -> None:
        """It is gone, with a reason in its place."""

    @classmethod
    def more_facets(cls, rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, set[str]]]:
        """What lists of this kind are narrowed by beyond what all records share: by code, the values of each facet.

        ``rows`` hold ``facet_columns`` beside the columns of all records.
        """
        return {}

    def slug_in(self, language: str) -> str:
        """The slug of the title in ``language``; that of the source title where there is none."""
        return getattr(self, f"slug_{language}") or getattr(self, f"slug_{self.source_language}") or "-"

    def url_in(self, language: str) -> str:
        """The record's page in ``language``."""
        return f"/{language}/{self.room}/{self.code_id}/{self.slug_in(language)}/"

    def is_unconfirmed(self, today: datetime.date) -> bool:
        """Whether nobody has confirmed the facts for six months after the day on which they wanted confirming."""
        return self.review_by is not None and self.review_by + UNCONFIRMED_AFTER < today

    def lies_in(self, phase: str) -> bool:
        """Whether the record is about this phase of the policy cycle."""
        return Phase(phase) in self.phases
