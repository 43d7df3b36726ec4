"""How often one may fail to log in before one has to wait."""

from __future__ import annotations

import datetime
import hashlib
import hmac

from django.conf import settings
from django.utils import timezone

from clavet.accounts.models import Count, FailedLogin

WITHIN = datetime.timedelta(minutes=15)
# So many failures for one account from one address, or from one address whatever the account.
PER_ACCOUNT = 5
PER_ADDRESS = 20


def digest(text: str) -> str:
    """Something to count by that does not give away what it stands for."""
    return hmac.new(settings.SECRET_KEY.encode(), f"login|{text}".encode(), hashlib.sha256).hexdigest()


def keys(email: str, address: str) -> tuple[str, str]:
    """The digests of an account as tried from an address, and of the address."""
    return digest(f"{email.strip().lower()}|{address}"), digest(address)


def must_wait(email: str, address: str, now: datetime.datetime | None = None) -> bool:
    """Whether this account, from this address, has failed too often within the last quarter of an hour."""
    since = (now or timezone.now()) - WITHIN
    account, from_address = keys(email, address)
    recent = FailedLogin.objects.filter(at__gt=since)
    return (
        recent.filter(account_digest=account).count() >= PER_ACCOUNT
        or recent.filter(address_digest=from_address).count() >= PER_ADDRESS
    )


def remember_failure(email: str, address: str) -> None:
    """Count a failure."""
    account, from_address = keys(email, address)
    FailedLogin.objects.create(account_digest=account, address_digest=from_address, at=timezone.now())


def forget_failures(now: datetime.datetime | None = None) -> int:
    """Erase failures that no longer count; returns how many."""
    deleted, _by_model = FailedLogin.objects.filter(at__lte=(now or timezone.now()) - WITHIN).delete()
    return deleted


def forget_counts(now: datetime.datetime | None = None) -> int:
    """Erase the counts of what may not be done too often once they no longer count; returns how many."""
    return Count.objects.filter(expires__lt=now or timezone.now()).delete()[0]
