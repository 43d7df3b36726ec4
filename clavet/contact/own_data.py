"""Messages to the coordinators, as their writer's own data."""

from __future__ import annotations

from typing import Any

from clavet.accounts.models import User
from clavet.accounts.own_data import Part, register
from clavet.contact.models import Message


def export(user: User) -> list[dict[str, Any]]:
    """What was written under the account's address."""
    return list(Message.objects.filter(email__iexact=user.email).values("kind", "text", "name", "email", "received_at"))


def erase(user: User) -> None:
    """All of it."""
    Message.objects.filter(email__iexact=user.email).delete()


def declare() -> None:
    """Make the part known."""
    register(Part("messages_to_coordinators", export, erase))
