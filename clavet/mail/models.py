"""E-mail as rows: what is to be sent, what was, and what people chose to get."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clavet.languages import LANGUAGES

# How long e-mails can be read after they were sent, or after we gave them up: the operators' handbook says so.
SENT_KEPT_FOR = datetime.timedelta(days=90)
FAILED_KEPT_FOR = datetime.timedelta(days=365)


def key_of(recipient: Any) -> str:
    """What stands for a recipient in rows that outlive the e-mail itself: an account, or the digest of an address.

    The digest has no secret in it: who unsubscribed stays unsubscribed when the secret key changes.
    """
    if isinstance(recipient, str):
        return f"address:{hashlib.sha256(recipient.strip().lower().encode()).hexdigest()}"
    return f"account:{recipient.pk}"


class State(models.TextChoices):
    """Where an e-mail is on its way."""

    COLLECTED = "collected", _("waits for the digest")
    QUEUED = "queued", _("queued")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    DIGESTED = "digested", _("sent in a digest")
    FAILED = "failed", _("failed")
    ERASED = "erased", _("erased")


# An e-mail that is due in one of these may be claimed: what is being sent is due again when its claim runs out.
ON_ITS_WAY = (State.QUEUED, State.SENDING)


class EmailQuerySet(models.QuerySet["Email"]):
    """What can be asked of e-mails."""

    def due(self, now: datetime.datetime) -> EmailQuerySet:
        """Those that may be claimed for sending."""
        return self.filter(state__in=ON_ITS_WAY, due_at__lte=now)

    def readable(self) -> EmailQuerySet:
        """Those that still say something."""
        return self.exclude(state=State.ERASED)

    def past_retention(self, now: datetime.datetime) -> EmailQuerySet:
        """Those that have been sent, or given up, so long ago that they have to go."""
        sent = models.Q(state__in=(State.SENT, State.DIGESTED), finished_at__lt=now - SENT_KEPT_FOR)
        return self.filter(sent | models.Q(state=State.FAILED, finished_at__lt=now - FAILED_KEPT_FOR))


class Email(models.Model):
    """One e-mail to one recipient, rendered when it was queued.

    ``recipient`` and ``cause`` outlive the text: whatever queues the same thing again is refused for ever.
    """

    message_id = models.CharField(_("Message-ID"), max_length=255, unique=True)
    name = models.CharField(_("message"), max_length=80)
    recipient = models.CharField(max_length=80, editable=False)
    cause = models.CharField(_("cause"), max_length=200, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("account")
    )
    address = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    subject = models.CharField(_("subject"), max_length=500, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    url = models.CharField(_("address that it is about"), max_length=2000, blank=True)
    stop_url = models.CharField(max_length=1000, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField(_("queued at"), default=timezone.now, db_index=True)
    # When it may be claimed; while it is being sent, when the claim runs out.
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    claimed_by = models.CharField(max_length=150, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    finished_at = models.DateTimeField(_("sent or given up at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    digest = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="items", verbose_name=_("digest")
    )

    objects = EmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "recipient", "cause"], condition=~models.Q(cause=""), name="mail_once_for_each_cause"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state__in=ON_ITS_WAY), name="mail_on_its_way"),
            models.Index(fields=["user"], condition=models.Q(state=State.COLLECTED), name="mail_collected"),
            models.Index(fields=["state", "finished_at"], name="mail_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.created_at:%Y-%m-%d}"


class Choice(models.TextChoices):
    """How somebody wants a message that is not essential."""

    NOW = "now", _("at once")
    DAILY = "daily", _("in a daily digest")
    NEVER = "never", _("never")


class Preference(models.Model):
    """What a recipient chose for one message; without a row it is ``NOW``."""

    recipient = models.CharField(max_length=80)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=80)
    choice = models.CharField(max_length=5, choices=Choice)
    # What it was before somebody stopped it, so that this can be undone.
    before = models.CharField(max_length=5, choices=Choice, blank=True)
    # Stopped together with the digest, by whose address it is taken up again.
    with_digest = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "name"], name="mail_one_choice_for_each_message")]

    def __str__(self) -> str:
        return f"{self.name}: {self.choice}"
