"""What the portal holds about a person: handing it out, and erasing it (GDPR, Articles 15, 17 and 20).

Each app registers its own part. Erasing ends with the account itself: rows that only name it, such as published texts,
reviews and logs, stay without it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from clavet.accounts.models import User
from clavet.mail.queueing import queue

ERASED = "accounts.erased"


def nothing(_user: User) -> None:
    """What an app erases whose rows go with the account or stay without it."""


@dataclass(frozen=True)
class Part:
    """What one app holds: ``export`` gives it in plain values, ``erase`` takes away what would outlive the account."""

    name: str
    export: Callable[[User], Any]
    erase: Callable[[User], None] = nothing


PARTS: dict[str, Part] = {}


def register(part: Part) -> None:
    """Add what an app holds."""
    PARTS[part.name] = part


def account_of(user: User) -> dict[str, Any]:
    """The account itself."""
    return {
        "email": user.email,
        "name": user.name,
        "language": user.language,
        "roles": sorted(user.groups.values_list("name", flat=True)),
        "joined": user.date_joined,
        "last_login": user.last_login,
        "saved_filters": list(user.saved_filters.values("list_name", "name", "query")),
        "sessions": list(user.usersession_set.values("created_at", "last_seen_at", "ip", "user_agent")),
    }


def export(user: User) -> dict[str, Any]:
    """Everything, part by part."""
    return {"exported_at": timezone.now(), "account": account_of(user)} | {
        part.name: part.export(user) for part in PARTS.values()
    }


@transaction.atomic
def erase(user: User) -> None:
    """Erase an account and what belongs to it alone; the last e-mail says so. There is no way back."""
    user = User.objects.select_for_update().get(pk=user.pk)
    address, language = user.email, user.language
    for part in PARTS.values():
        part.erase(user)
    user.delete()
    queue(ERASED, to=address, language=language, context={"address": address})
