"""The daily digest: what can wait, in one e-mail a day."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from clavet.accounts.models import User
from clavet.mail.models import Email, State
from clavet.mail.queueing import queue
from clavet.mail.registry import DIGEST

# From this hour on, where the portal is at home (TIME_ZONE). A node that was down then makes it when it is up.
HOUR = 7


def make_due(now: datetime.datetime | None = None) -> int:
    """Queue today's digests; how many. Whoever has had one today waits until tomorrow."""
    local = timezone.localtime(now)
    if local.hour < HOUR:
        return 0
    waiting = Email.objects.filter(state=State.COLLECTED).values("user_id")
    # Always in one order: two processes that do this at once then wait for each other and never in a ring.
    people = User.objects.filter(pk__in=waiting).order_by("pk")
    return sum(make(user, local.date()) for user in people)


@transaction.atomic
def make(user: User, day: datetime.date) -> bool:
    """Queue one person's digest of a day, unless there is one; what is in it is marked in the same transaction."""
    # For an update: what another process is putting into a digest must not go into a second one.
    items = list(
        Email.objects.select_for_update()
        .filter(user=user, state=State.COLLECTED)
        .order_by("created_at", "pk")
        .only("pk", "subject", "url")
    )
    if not items:
        return False
    lines = [{"subject": item.subject, "url": item.url or settings.SITE_URL} for item in items]
    digest = queue(DIGEST, to=user, context={"lines": lines, "number": len(lines)}, cause=day.isoformat())
    if digest is None:
        return False
    Email.objects.filter(pk__in=[item.pk for item in items]).update(
        state=State.DIGESTED, digest=digest, finished_at=timezone.now()
    )
    return True
