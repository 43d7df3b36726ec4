"""Messages between people who do not see each other's addresses (records.md, "Member")."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clavet.languages import LANGUAGES
from network.models.joining import ACCOUNT, HOLDS_FOR
from network.models.members import Member

# How long messages are kept after the last of them: the privacy notice says so.
KEPT_FOR = datetime.timedelta(days=365)
# How long what nobody has answered lies on the desk.
ON_DESK_FOR = datetime.timedelta(days=60)


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """What can be asked of conversations."""

    def confirmed(self) -> ConversationQuerySet:
        """Those that were sent: a visitor's only once the address was confirmed."""
        return self.exclude(confirmed_at=None)

    def of(self, user: Any) -> ConversationQuerySet:
        """Those that an account takes part in. There is no other way to see one, but for those that were reported."""
        return self.confirmed().filter(Q(member__account_id=user.pk) | Q(writer_id=user.pk))

    def unanswered_by(self, user: Any) -> ConversationQuerySet:
        """Those of an account in which the other side wrote last, within the last two months."""
        last = Letter.objects.filter(conversation=OuterRef("pk")).order_by("-at", "-pk")
        found = self.annotate(
            last_from_member=Subquery(last.values("from_member")[:1]), last_at=Subquery(last.values("at")[:1])
        )
        mine = Q(member__account_id=user.pk)
        return found.filter(
            mine & Q(last_from_member=False) | ~mine & Q(last_from_member=True),
            last_at__gt=timezone.now() - ON_DESK_FOR,
        )

    def reported(self) -> ConversationQuerySet:
        """Those that a coordinator may read."""
        return self.exclude(reported_at=None)

    def past_retention(self, now: datetime.datetime) -> ConversationQuerySet:
        """Those that have to go: long silent, or never confirmed. What waits for a coordinator's decision stays."""
        silent = Q(last_at__lt=now - KEPT_FOR) & (Q(reported_at=None) | Q(handled_at__isnull=False))
        return self.annotate(last_at=Max("messages__at")).filter(
            silent | Q(confirmed_at=None, begun_at__lt=now - HOLDS_FOR)
        )


class Conversation(models.Model):
    """What somebody wrote to a member, and what came of it. Whoever has no account is known by name and address, and
    holds a link, of whose token the digest is kept."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="conversations", verbose_name=_("written to"))
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("writer")
    )
    writer_name = models.CharField(_("name"), max_length=150)
    writer_address = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    about = models.ForeignKey(
        "publishing.Code", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("record")
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    reported_at = models.DateTimeField(_("reported at"), null=True, blank=True)
    reported_why = models.TextField(_("why it was reported"), max_length=1000, blank=True)
    handled_at = models.DateTimeField(_("dealt with at"), null=True, blank=True)
    handled_by = models.ForeignKey(**ACCOUNT, related_name="+", verbose_name=_("dealt with by"))

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.begun_at:%Y-%m-%d}"


class Letter(models.Model):
    """One message of a conversation. An address is shown only where its owner said so, and only from then on."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    from_member = models.BooleanField()
    text = models.TextField(_("text"), max_length=3000)
    at = models.DateTimeField(_("when"), default=timezone.now)
    shows_address = models.BooleanField(_("shows the address"), default=False)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.at:%Y-%m-%d}"


class Refusal(models.Model):
    """Somebody from whom a person takes no more messages: an account, or the digest of an address."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="refusals")
    sender = models.CharField(max_length=80)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("refusal")
        verbose_name_plural = _("refusals")
        constraints = [models.UniqueConstraint(fields=["member", "sender"], name="network_one_refusal")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.at:%Y-%m-%d}"
