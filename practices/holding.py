"""One at a time: who is in a text, taking it, taking it over, leaving it."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from clavet.accounts.models import User
from practices.models import Case, Hold

# A page that is open gives a sign every 40 seconds; after three that failed to come its holder counts as gone.
ENDS_AFTER = datetime.timedelta(minutes=2)


def holder(case: Case, other_than: User | None = None) -> Hold | None:
    """Who is in the text now, if it is anybody else than ``other_than``."""
    fresh = Hold.objects.filter(case=case, seen_at__gt=timezone.now() - ENDS_AFTER).select_related("person")
    return (fresh.exclude(person=other_than) if other_than else fresh).first()


@transaction.atomic
def take(case: Case, person: User, *, over: bool = False) -> Hold | None:
    """``person`` is in the text from now on; returns ``None``, or the colleague who is, unless it is
    taken ``over``."""
    Case.objects.select_for_update().values_list("pk").get(pk=case.pk)
    hold = Hold.objects.filter(case=case).select_related("person").first()
    now = timezone.now()
    is_held = hold is not None and hold.seen_at > now - ENDS_AFTER
    is_mine = hold is not None and hold.person_id == person.pk
    if is_held and not is_mine and not over:
        return hold
    since = hold.since if is_held and is_mine else now
    if hold is None:
        Hold.objects.create(case=case, person=person, since=since, seen_at=now)
    else:
        Hold.objects.filter(pk=hold.pk).update(person=person, since=since, seen_at=now)
    return None


def leave(case: Case, person: User) -> None:
    """``person`` is no longer in the text."""
    Hold.objects.filter(case=case, person=person).delete()
