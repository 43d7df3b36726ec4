"""The way of a source text from draft to publication: its case, what reviewers say, and the remarks to its fields.

States and gates are those of records.md, "Practice". Only the functions of ``practices.cases``, ``reviewing`` and
``deciding`` change anything here.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from django_fsm import FSMField, transition

from clavet.publishing.models import Code, Revision
from practices.models.practices import Practice


def person(label: Any, **options: Any) -> models.ForeignKey:
    """A column for an account that may go while the row stays."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
        **options,
    )


class CaseQuerySet(models.QuerySet["Case"]):
    """What can be asked of cases."""

    def open(self) -> CaseQuerySet:
        """Those that are neither accepted nor given up."""
        return self.exclude(state__in=(Case.State.ACCEPTED, Case.State.WITHDRAWN)).exclude(
            state=Case.State.DECLINED, is_answered=True
        )

    def waiting_for_editor(self) -> CaseQuerySet:
        """Those in which the next step is a coordinator's."""
        return self.filter(state__in=(Case.State.SUBMITTED, Case.State.IN_REVIEW))

    def of_authorities(self, codes: list[str]) -> CaseQuerySet:
        """Those of these authorities."""
        return self.filter(authority__in=codes)


class Case(models.Model):
    """One source text on its way: the first of a practice, or a later change of it."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", pgettext_lazy("state of a case", "draft")
        SUBMITTED = "submitted", pgettext_lazy("state of a case", "submitted")
        IN_REVIEW = "in_review", pgettext_lazy("state of a case", "in review")
        CHANGES_REQUESTED = "changes_requested", pgettext_lazy("state of a case", "changes requested")
        ACCEPTED = "accepted", pgettext_lazy("state of a case", "accepted")
        DECLINED = "declined", pgettext_lazy("state of a case", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a case", "withdrawn")

    # In these its authors may write.
    WRITABLE: ClassVar[tuple[str, ...]] = (State.DRAFT, State.CHANGES_REQUESTED)
    # From these its authors may take it back for good.
    UNDECIDED: ClassVar[tuple[str, ...]] = (
        State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.CHANGES_REQUESTED, State.DECLINED,
    )  # fmt: skip

    code = models.ForeignKey(Code, models.PROTECT, related_name="+", verbose_name=_("code"))
    revision = models.OneToOneField(Revision, models.PROTECT, related_name="case", verbose_name=_("revision"))
    authority = models.CharField(_("authority"), max_length=12, db_index=True)
    state = FSMField(_("state"), default=State.DRAFT, choices=State.choices, protected=True)
    state_since = models.DateTimeField(_("in this state since"))
    opened_at = models.DateTimeField(_("opened at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    checked_at = models.DateTimeField(_("found complete at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    editor = person(_("editor"))
    round = models.PositiveSmallIntegerField(_("round"), default=0)
    is_answered = models.BooleanField(_("the decline was answered"), default=False)
    letter = models.TextField(_("letter to the author"), blank=True, default="")
    # The text as it was judged last, while it is with its authors and after.
    judged = models.JSONField(null=True, blank=True, editable=False)
    reply = models.TextField(_("reply of the author"), blank=True, default="")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["state", "due_on"], name="case_by_state"),
            # The order of the queue, which is read page by page.
            models.Index(fields=["due_on", "id"], name="case_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.code_id} {self.state}"

    @property
    def is_writable(self) -> bool:
        """Whether its authors may write now."""
        return self.state in self.WRITABLE

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it: what follows is another case."""
        is_declined = self.state == self.State.DECLINED and self.is_answered
        return is_declined or self.state in (self.State.ACCEPTED, self.State.WITHDRAWN)

    @property
    def practice(self) -> Practice:
        """The practice whose text this is."""
        return Practice.objects.get(code_id=self.code_id)

    # The graph of states. Only the domain functions call these: they hold permission, lock, log and effect.
    @transition(field=state, source=list(WRITABLE), target=State.SUBMITTED)
    def mark_submitted(self) -> None:
        """Its authors hand it in."""

    @transition(field=state, source=State.SUBMITTED, target=State.IN_REVIEW)
    def mark_checked(self) -> None:
        """It passes the first gate."""

    @transition(field=state, source=[State.SUBMITTED, State.IN_REVIEW], target=State.CHANGES_REQUESTED)
    def mark_changes_requested(self) -> None:
        """It goes back to its authors."""

    @transition(field=state, source=[State.SUBMITTED, State.IN_REVIEW], target=State.ACCEPTED)
    def mark_accepted(self) -> None:
        """It becomes public."""

    @transition(field=state, source=[State.SUBMITTED, State.IN_REVIEW], target=State.DECLINED)
    def mark_declined(self) -> None:
        """It does not become public."""

    @transition(field=state, source=State.DECLINED, target=State.IN_REVIEW)
    def mark_answered(self) -> None:
        """Its authors answer the decline, once."""

    @transition(field=state, source=list(UNDECIDED), target=State.WITHDRAWN)
    def mark_withdrawn(self) -> None:
        """Its authors give it up."""


class Recommendation(models.TextChoices):
    """What a reviewer recommends, in steps."""

    ACCEPT = "accept", pgettext_lazy("recommendation", "accept")
    CHANGES = "changes", pgettext_lazy("recommendation", "accept after changes")
    DECLINE = "decline", pgettext_lazy("recommendation", "decline")


class ReviewQuerySet(models.QuerySet["Review"]):
    """What can be asked of reviews."""

    def waiting(self) -> ReviewQuerySet:
        """Those that were asked for and have not come."""
        return self.filter(given_at=None, released_at=None)

    def given(self) -> ReviewQuerySet:
        """Those that have come."""
        return self.exclude(given_at=None)


class Review(models.Model):
    """What one reviewer says of one case in one round."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="reviews", verbose_name=_("case"))
    round = models.PositiveSmallIntegerField(_("round"))
    # A review stays where the account of who gave it is erased.
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reviews", verbose_name=_("reviewer")
    )
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = person(_("asked by"))
    due_on = models.DateField(_("due on"))
    saved = models.PositiveIntegerField(default=0)
    scores = models.JSONField(_("scores"), default=dict, blank=True)
    recommendation = models.CharField(
        _("recommendation"), max_length=10, choices=Recommendation, blank=True, default=""
    )
    for_author = models.TextField(_("for the author"), max_length=5000, blank=True, default="")
    for_editor = models.TextField(_("for the editor"), max_length=5000, blank=True, default="")
    given_at = models.DateTimeField(_("given at"), null=True, blank=True)
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    released_reason = models.CharField(_("why released"), max_length=300, blank=True, default="")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "reviewer"], condition=Q(released_at=None), name="one_review_a_reviewer"
            )
        ]
        indexes = [models.Index(fields=["reviewer", "given_at"], name="reviews_of_a_person")]

    def __str__(self) -> str:
        return f"{self.case}, {self.reviewer}"

    @property
    def is_waiting(self) -> bool:
        """Whether it was asked for and has not come."""
        return self.given_at is None and self.released_at is None


class Remark(models.Model):
    """A remark pinned to a field. Its author reads it, without a name, once the editor has written to her."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="remarks", verbose_name=_("case"))
    review = models.ForeignKey(Review, models.CASCADE, null=True, blank=True, related_name="remarks")
    round = models.PositiveSmallIntegerField(_("round"))
    key = models.CharField(_("field"), max_length=80)
    text = models.TextField(_("remark"), max_length=2000)
    made_by = person(_("made by"))
    made_at = models.DateTimeField(_("made at"))
    shared_at = models.DateTimeField(_("shown to the author at"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True, default="")
    answered_by = person(_("answered by"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.case}, {self.key}"
