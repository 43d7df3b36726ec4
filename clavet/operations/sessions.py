"""Sessions that nobody will use any more."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.utils import timezone


def forget_expired() -> int:
    """Erase expired sessions; returns how many."""
    deleted, _by_model = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return deleted
