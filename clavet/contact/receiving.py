"""Taking a message in, and what becomes of it."""

from __future__ import annotations

import datetime
import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from clavet.accounts.roles import is_coordinator
from clavet.contact import mails
from clavet.contact.models import Message
from clavet.publishing.errors import NotAllowed

# More than this from one address within an hour is hardly a person writing.
LIMIT = 5
WITHIN = datetime.timedelta(hours=1)


def sender_digest(address: str, day: datetime.date) -> str:
    """Something by which messages from one address on one day can be counted, and the address not be found out."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{day}|{address}".encode(), hashlib.sha256).hexdigest()


def is_over_limit(address: str, now: datetime.datetime | None = None) -> bool:
    """Whether this address has sent as many messages within the last hour as we take."""
    now = now or timezone.now()
    digests = {sender_digest(address, now.date()), sender_digest(address, (now - WITHIN).date())}
    return Message.objects.filter(sender_digest__in=digests, received_at__gt=now - WITHIN).count() >= LIMIT


@transaction.atomic
def receive(*, address: str, **fields: Any) -> Message:
    """Keep a message; ``fields`` are those of ``Message``. It waits in the coordinators' admin from now on, and they
    are told."""
    now = timezone.now()
    message = Message.objects.create(sender_digest=sender_digest(address, now.date()), received_at=now, **fields)
    mails.tell_coordinators(message)
    return message


def settle(message: Message, *, actor: Any, note: str = "") -> Message:
    """A coordinator has dealt with the message. ``NotAllowed`` for anybody else."""
    if not is_coordinator(actor):
        raise NotAllowed("contact.settle")
    message.handled_at, message.handled_by = timezone.now(), actor
    message.note = note or message.note
    message.save()
    return message


def reopen(message: Message, *, actor: Any) -> Message:
    """It was not dealt with after all. ``NotAllowed`` for anybody but a coordinator."""
    if not is_coordinator(actor):
        raise NotAllowed("contact.reopen")
    message.handled_at = message.handled_by = None
    message.save()
    return message


def forget_old(now: datetime.datetime | None = None) -> int:
    """Erase messages that were dealt with more than a year ago (privacy notice). Returns how many."""
    deleted, _by_model = Message.objects.past_retention(now or timezone.now()).delete()
    return deleted
