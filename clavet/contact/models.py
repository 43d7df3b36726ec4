"""Messages from readers."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clavet.languages import LANGUAGES

# How long a message is kept after it was dealt with: the privacy notice says so.
KEPT_FOR = datetime.timedelta(days=365)


class MessageQuerySet(models.QuerySet["Message"]):
    """What can be asked of messages."""

    def waiting(self) -> MessageQuerySet:
        """Those that nobody has dealt with."""
        return self.filter(handled_at=None)

    def past_retention(self, now: datetime.datetime) -> MessageQuerySet:
        """Those that were dealt with so long ago that they have to go."""
        return self.filter(handled_at__lt=now - KEPT_FOR)


class Message(models.Model):
    """What a reader wrote, and whether a coordinator has dealt with it."""

    class Kind(models.TextChoices):
        """What the message is about."""

        QUESTION = "question", _("question or remark")
        ERROR = "error", _("error on a record")
        TRANSLATION = "translation", _("offer of a translation")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.QUESTION)
    code = models.ForeignKey("publishing.Code", models.SET_NULL, null=True, blank=True, verbose_name=_("record"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    text = models.TextField(_("text"), max_length=5000)
    received_at = models.DateTimeField(_("received at"), default=timezone.now, db_index=True)
    sender_digest = models.CharField(max_length=64, db_index=True, editable=False)
    handled_at = models.DateTimeField(_("dealt with at"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dealt with by"),
    )
    note = models.TextField(_("internal note"), blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.received_at:%Y-%m-%d}"
