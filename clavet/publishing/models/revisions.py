"""Revisions: everything that is not (or not yet) public."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from clavet.languages import LANGUAGES


class Method(models.TextChoices):
    """How a text came into its language."""

    HUMAN = "human", _("by a person")
    MACHINE = "machine", _("by machine")
    MACHINE_EDITED = "machine_edited", _("by machine, edited by a person")


class Part(models.TextChoices):
    """How much of a record a translation covers."""

    FULL = "full", _("full text")
    SUMMARY = "summary", _("title and summary")


class RevisionQuerySet(models.QuerySet["Revision"]):
    """What can be asked of revisions."""

    def open(self) -> RevisionQuerySet:
        """Those that are still being written or wait for a decision."""
        return self.filter(state__in=Revision.OPEN)


class Revision(models.Model):
    """A proposed text of a record: of its source with everything neutral, or of one translation."""

    class Kind(models.TextChoices):
        """What the revision is of."""

        SOURCE = "source", _("source text")
        TRANSLATION = "translation", _("translation")

    class State(models.TextChoices):
        """Where the revision stands."""

        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    OPEN = (State.DRAFT, State.SUBMITTED)

    code = models.ForeignKey("publishing.Code", models.PROTECT, related_name="revisions", verbose_name=_("code"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    base_version = models.PositiveIntegerField(_("based on version"), default=0)
    part = models.CharField(_("part"), max_length=8, choices=Part, default=Part.FULL)
    method = models.CharField(_("method"), max_length=16, choices=Method, default=Method.HUMAN)
    state = FSMField(_("state"), default=State.DRAFT, choices=State.choices, protected=True)
    document = models.JSONField(default=dict)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("author")
    )
    # Everybody who saved a text into it, by primary key: none of them may accept it.
    contributors = models.JSONField(default=list)
    translator_name = models.CharField(_("translator, as credited"), max_length=150, blank=True)
    saved = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(_("saved at"))
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decision_reason = models.TextField(blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "language"],
                condition=Q(state__in=["draft", "submitted"]),
                name="one_open_revision_per_language",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code_id} {self.language} {self.state}"

    @property
    def is_source(self) -> bool:
        """Whether this is a revision of the source text."""
        return self.kind == self.Kind.SOURCE

    @property
    def is_open(self) -> bool:
        """Whether the revision may still become public."""
        return self.state in self.OPEN

    # The graph of states. Only clavet.publishing.workflow calls these: it holds permission, lock, log and effect.
    @transition(field=state, source=State.DRAFT, target=State.SUBMITTED)
    def mark_submitted(self) -> None:
        """Draft becomes submitted."""

    @transition(field=state, source=State.SUBMITTED, target=State.DRAFT)
    def mark_returned(self) -> None:
        """Submitted goes back to its author."""

    @transition(field=state, source=State.SUBMITTED, target=State.ACCEPTED)
    def mark_accepted(self) -> None:
        """Submitted becomes public."""

    @transition(field=state, source=State.SUBMITTED, target=State.REJECTED)
    def mark_rejected(self) -> None:
        """Submitted is refused for good."""

    @transition(field=state, source=list(OPEN), target=State.WITHDRAWN)
    def mark_withdrawn(self) -> None:
        """Its author gives it up."""
