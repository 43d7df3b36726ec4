"""What is due or late in review: reviewers are reminded, and what stands still comes before all coordinators.

Run by ``periodic``; each reminder is queued once, whoever runs it and however often (its cause is its own).
"""

from __future__ import annotations

import datetime

from django.utils import timezone

from practices import limits, mails
from practices.models import Case, Review


def send_due(today: datetime.date | None = None) -> int:
    """Queue all reminders that are due on ``today``; returns how many were new."""
    today = today or timezone.localdate()
    return remind_reviewers(today) + escalate(today)


def remind_reviewers(today: datetime.date) -> int:
    """Shortly before a review is due, and once when it is late."""
    soon = limits.working_days_after(today, limits.REMIND_BEFORE)
    waiting = Review.objects.waiting().filter(due_on__lte=soon, case__state=Case.State.IN_REVIEW)
    return mails.remind(waiting.filter(reviewer__is_active=True).order_by("pk"), today)


def escalate(today: datetime.date) -> int:
    """What stands still past its limit: every coordinator whom it does not concern."""
    return mails.escalate(Case.objects.waiting_for_editor().filter(due_on__lt=today).order_by("pk"))
