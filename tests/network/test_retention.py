"""What is erased of joining, and when."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from clavet.accounts.models import Count
from clavet.accounts.throttle import forget_counts
from network import joining, retention
from network.models import Application, Invitation, JoiningLog
from tests import factories
from tests.network.test_joining import applied

pytestmark = pytest.mark.django_db


def test_invitations_and_applications_go_after_their_time_and_not_before() -> None:
    coordinator = factories.coordinator()
    declined, waits = applied(), applied(address="b@example.org")
    joining.decline(declined, actor=coordinator, reason="Not an authority.")
    joining.apply(name="C", address="c@example.org", authority=None, authority_name="X", country="IT",
                  language="it", why="y")  # fmt: skip
    joining.invite(actor=coordinator, address="d@example.org", authority=factories.authority(), language="it")
    logged, now = JoiningLog.objects.count(), timezone.now()
    assert retention.forget_old(now + datetime.timedelta(days=13)) == 0
    retention.forget_old(now + datetime.timedelta(days=15))
    assert set(Application.objects.all()) == {declined, waits}
    assert Invitation.objects.count() == 1
    retention.forget_old(now + datetime.timedelta(days=14 + 91))
    assert not Invitation.objects.exists()
    retention.forget_old(now + datetime.timedelta(days=366))
    assert set(Application.objects.all()) == {waits}
    assert JoiningLog.objects.count() == logged


def test_counts_go_once_they_no_longer_count() -> None:
    now = timezone.now()
    for number, hours in enumerate((-1, 1)):
        Count.objects.create(cache_key=str(number), value="", expires=now + datetime.timedelta(hours=hours))
    assert forget_counts(now) == 1
    assert Count.objects.get().cache_key == "1"
