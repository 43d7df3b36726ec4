"""The log: every change of state, with who, when, from, to and why. It is only ever added to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clavet.publishing.models.append_only import AppendOnly
from clavet.publishing.models.records import Record
from clavet.publishing.models.revisions import Revision


class LogEntry(AppendOnly):
    """One step in the life of a record or of one of its revisions."""

    class Action(models.TextChoices):
        """What was done."""

        CREATED = "created", _("record created")
        IMPORTED = "imported", _("record imported")
        OPENED = "opened", _("revision opened")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned to the author")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ARCHIVED = "archived", _("archived")
        RESTORED = "restored", _("restored")
        MERGED = "merged", _("merged")
        WITHHELD = "withheld", _("version withheld")
        RELEASED = "released", _("version released")
        CONFIRMED = "confirmed", _("facts confirmed")
        HANDED_IN = "handed_in", _("handed in for review")
        CHECKED = "checked", _("found complete")
        REVIEWER_ASKED = "reviewer_asked", _("reviewer asked")
        REVIEWER_RELEASED = "reviewer_released", _("reviewer released")
        REVIEWED = "reviewed", _("review given")
        CHANGES_REQUESTED = "changes_requested", _("changes requested")
        APPROVED = "approved", _("approved by the editor")
        DECLINED = "declined", _("declined")
        REPLIED = "replied", _("decline answered")
        GIVEN_UP = "given_up", _("given up by its authors")

    code = models.ForeignKey("publishing.Code", models.PROTECT, related_name="log", verbose_name=_("code"))
    revision = models.ForeignKey("publishing.Revision", models.PROTECT, null=True, related_name="log")
    action = models.CharField(_("action"), max_length=40, choices=Action.choices)
    before = models.CharField(_("before"), max_length=20, blank=True)
    after = models.CharField(_("after"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    by_operator = models.BooleanField(_("by a command"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    details = models.JSONField(default=dict)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        ordering = ["id"]
        indexes = [models.Index(fields=["code", "id"], name="log_by_code")]

    def __str__(self) -> str:
        return f"{self.code_id} {self.action}"

    @property
    def before_label(self) -> str:
        """The state before, in words."""
        return state_label(self.before)

    @property
    def after_label(self) -> str:
        """The state after, in words."""
        return state_label(self.after)


# The states that rooms have beyond those of records and revisions, with their labels.
MORE_STATES: dict[str, Any] = {}


def state_label(value: str) -> str:
    """A state of a record, a revision or what a room adds to them in words; nothing for none."""
    labels = {**dict(Revision.State.choices), **dict(Record.Status.choices), **MORE_STATES}
    return str(labels.get(value, value))
