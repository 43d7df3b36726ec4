"""Erasing what came of joining, once it has served (docs/operators.md, "From time to time")."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.utils import timezone

from network.models import Application, Invitation
from network.models.joining import HOLDS_FOR

# After an invitation has expired or was withdrawn or accepted, and after an application was decided.
INVITATIONS_KEPT_FOR = datetime.timedelta(days=90)
APPLICATIONS_KEPT_FOR = datetime.timedelta(days=365)


def forget_old(now: datetime.datetime | None = None) -> int:
    """Erase invitations and applications that are past their time; returns how many rows.

    An application that nobody confirmed goes as soon as its link no longer works. The log of joining stays.
    """
    now = now or timezone.now()
    long_over = now - INVITATIONS_KEPT_FOR
    invitations = Invitation.objects.filter(
        Q(expires_at__lt=long_over) | Q(withdrawn_at__lt=long_over) | Q(accepted_at__lt=long_over)
    )
    applications = Application.objects.filter(
        Q(decided_at__lt=now - APPLICATIONS_KEPT_FOR)
        | Q(state=Application.State.UNCONFIRMED, sent_at__lt=now - HOLDS_FOR)
    )
    return invitations.delete()[0] + applications.delete()[0]
