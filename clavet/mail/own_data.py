"""The e-mails that somebody got, as that person's own data."""

from __future__ import annotations

from typing import Any

from clavet.accounts.models import User
from clavet.accounts.own_data import Part, register
from clavet.mail import registry
from clavet.mail.models import Email, Preference, key_of


def export(user: User) -> dict[str, Any]:
    """What was sent, and what the person chose. Codes and links that let in are left out, as they are for staff."""
    hidden = {name for name, message in registry.MESSAGES.items() if message.confidential}
    sent = Email.objects.readable().filter(user=user).values("name", "subject", "text", "created_at")
    return {
        "sent": [row if row["name"] not in hidden else {**row, "text": ""} for row in sent],
        "choices": list(Preference.objects.filter(user=user).values("name", "choice")),
    }


def erase(user: User) -> None:
    """E-mails to the address from before there was an account; the others go with it."""
    Email.objects.filter(address__iexact=user.email).delete()
    Preference.objects.filter(recipient=key_of(user.email)).delete()


def declare() -> None:
    """Make the part known."""
    register(Part("emails", export, erase))
