"""Adoptions: which authority has adapted a practice, what it changed and learned, and what it says a year later.

States are those of records.md, "Adoption". Only the functions of ``practices.adopting`` change anything here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from django_fsm import FSMField, transition

from clavet.languages import LANGUAGES
from clavet.publishing.models import Record
from clavet.publishing.models.append_only import AppendOnly
from network.models import Authority
from practices.facts import AdoptionOutcome
from practices.models.cases import person
from practices.models.practices import Practice


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    """What can be asked of adoptions."""

    def public(self) -> AdoptionQuerySet:
        """What the public may read: confirmed ones, of practices that have a page."""
        readable = (Record.Status.PUBLISHED, Record.Status.ARCHIVED)
        return self.filter(state=Adoption.State.CONFIRMED, practice__status__in=readable)

    def declared(self) -> AdoptionQuerySet:
        """Those that wait for a coordinator."""
        return self.filter(state=Adoption.State.DECLARED)

    def by_authorities(self, codes: Iterable[str]) -> AdoptionQuerySet:
        """Those that these authorities declared."""
        return self.filter(authority__code_id__in=list(codes))

    def of_practices_of(self, codes: Iterable[str]) -> AdoptionQuerySet:
        """The confirmed ones of practices of these authorities."""
        return self.filter(practice__authority__in=list(codes), state=Adoption.State.CONFIRMED)

    def waiting_for_report(self) -> AdoptionQuerySet:
        """Those whose authority was asked how it went on, and has not answered."""
        return self.filter(state=Adoption.State.CONFIRMED, report__reported_at=None).exclude(report=None)


class Adoption(models.Model):
    """An authority says that it has adapted a practice of another."""

    class State(models.TextChoices):
        """Where it stands."""

        DECLARED = "declared", pgettext_lazy("state of an adoption", "declared")
        CONFIRMED = "confirmed", pgettext_lazy("state of an adoption", "confirmed")
        REFUSED = "refused", pgettext_lazy("state of an adoption", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of an adoption", "withdrawn")

    # Of these an authority has one at the most for each practice.
    OPEN: ClassVar[tuple[str, ...]] = (State.DECLARED, State.CONFIRMED)

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="adoptions", verbose_name=_("practice"))
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name=_("authority"))
    declared_by = person(_("who"))
    declared_at = models.DateTimeField(_("when"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    since = models.CharField(max_length=7)
    what_was_changed = models.TextField(max_length=2000)
    what_was_learned = models.TextField(max_length=2000)
    outcome = models.CharField(_("Outcome"), max_length=12, choices=AdoptionOutcome.choices)
    state = FSMField(_("state"), default=State.DECLARED, choices=State.choices, protected=True)
    state_since = models.DateTimeField(_("in this state since"))
    reason = models.TextField(_("reason"), max_length=1000, blank=True, default="")
    confirmed_by = person(_("decided by"))
    confirmed_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["-state_since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "authority"],
                condition=Q(state__in=("declared", "confirmed")),
                name="one_open_adoption",
            )
        ]
        indexes = [models.Index(fields=["state", "state_since"], name="adoption_by_state")]

    def __str__(self) -> str:
        return f"{self.practice.code_id}, {self.authority}"

    # The graph of states. Only the domain functions call these: they hold permission, lock, log and effect.
    @transition(field=state, source=State.DECLARED, target=State.CONFIRMED)
    def mark_confirmed(self) -> None:
        """A coordinator believes it: it becomes public."""

    @transition(field=state, source=State.DECLARED, target=State.REFUSED)
    def mark_refused(self) -> None:
        """A coordinator does not."""

    @transition(field=state, source=list(OPEN), target=State.WITHDRAWN)
    def mark_withdrawn(self) -> None:
        """It is taken back."""


class AdoptionReport(models.Model):
    """What an authority says a year after its adoption was confirmed; what it declared stays readable beside it."""

    adoption = models.OneToOneField(Adoption, models.CASCADE, related_name="report", verbose_name=_("adoption"))
    asked_on = models.DateField()
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_by = person(_("who"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, blank=True, default="")
    what_came_of_it = models.TextField(max_length=2000, blank=True, default="")
    outcome = models.CharField(_("Outcome"), max_length=12, choices=AdoptionOutcome.choices, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.adoption}, {self.asked_on:%Y-%m}"


class AdoptionLog(AppendOnly):
    """One step of an adoption. It is only ever added to."""

    class Action(models.TextChoices):
        """What was done."""

        DECLARED = "declared", Adoption.State.DECLARED.label
        CHANGED = "changed", pgettext_lazy("what was done to an adoption", "changed")
        CONFIRMED = "confirmed", Adoption.State.CONFIRMED.label
        REFUSED = "refused", Adoption.State.REFUSED.label
        WITHDRAWN = "withdrawn", Adoption.State.WITHDRAWN.label
        ASKED = "asked", pgettext_lazy("what was done to an adoption", "asked for a report")
        REPORTED = "reported", pgettext_lazy("what was done to an adoption", "reported")

    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="log", verbose_name=_("adoption"))
    action = models.CharField(_("action"), max_length=12, choices=Action.choices)
    actor = person(_("who"))
    by_operator = models.BooleanField(_("by a command"), default=False)
    reason = models.TextField(_("reason"), blank=True, default="")
    # What was said until then, where this step changed it.
    details = models.JSONField(_("details"), default=dict)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.adoption_id} {self.action}"
