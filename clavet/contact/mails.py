"""What we send when a reader has written."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clavet.accounts.roles import COORDINATOR, is_coordinator, people_with
from clavet.contact.models import Message
from clavet.languages import own_name
from clavet.mail import registry
from clavet.mail.queueing import queue
from clavet.web.meta import absolute


def sample(language: str) -> dict[str, Any]:
    """A report of an error, for the preview."""
    return context_of(
        Message(pk=1, kind=Message.Kind.ERROR, code_id="CF-0012", language=language, email="a@example.org")
    )


ARRIVED = registry.Message(
    name="contact.arrived",
    label=_("a reader has written to the portal"),
    essential=False,
    sample=sample,
    can_wait=True,
    audience=is_coordinator,
)


def context_of(message: Message) -> dict[str, Any]:
    """What the e-mail says. What the reader wrote stays in the portal: mailboxes forget nothing."""
    return {
        "kind": message.kind,
        "code": message.code_id or "",
        "language": own_name(message.language),
        "answer": bool(message.email),
        "url": absolute(reverse("admin:contact_message_change", args=[message.pk])),
    }


def tell_coordinators(message: Message) -> None:
    """Queue an e-mail for each coordinator, in the transaction that keeps the message."""
    for coordinator in people_with(COORDINATOR):
        queue(ARRIVED.name, to=coordinator, context=context_of(message), cause=f"message {message.pk}")
