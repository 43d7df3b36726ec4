"""The messages that the portal sends. Each app declares its own when Django starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# The message that holds a day's others. It is stopped by its own address, and chosen message by message.
DIGEST = "mail.digest"


@dataclass(frozen=True)
class Message:
    """A kind of e-mail. Its template is ``templates/mail/<name, with slashes for dots>.md``."""

    name: str
    # Lazy: what it is, for staff, for the page of preferences, and for the foot of the e-mail itself.
    label: Any
    # Answers something that the person did, so one cannot unsubscribe from it.
    essential: bool
    # From a language to a context, in plain values, for the preview.
    sample: Callable[[str], dict[str, Any]]
    # Goes into the recipient's daily digest, if that is what the person chose. Its context names a ``url``.
    can_wait: bool = False
    # Holds a link that lets in whoever has it: staff see neither text nor HTML, and both go once it is sent.
    confidential: bool = False
    # Who gets it at all, as a predicate on accounts; nobody else is offered it among the preferences.
    audience: Callable[[Any], bool] | None = None

    @property
    def template(self) -> str:
        """The path of its template."""
        return f"mail/{self.name.replace('.', '/')}.md"


MESSAGES: dict[str, Message] = {}


def register(message: Message) -> None:
    """Declares a message."""
    MESSAGES[message.name] = message


def get(name: str) -> Message:
    """The message of that name; ``LookupError`` for one that nobody declared."""
    return MESSAGES[name]


def optional_for(user: Any) -> list[Message]:
    """The messages about which ``user`` may decide, by their labels."""
    chosen = [
        message
        for message in MESSAGES.values()
        if not message.essential and message.name != DIGEST and (message.audience is None or message.audience(user))
    ]
    return sorted(chosen, key=lambda message: str(message.label))
