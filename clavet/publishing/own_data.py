"""Texts and log entries, as the data of who wrote and did them."""

from __future__ import annotations

from typing import Any

from clavet.accounts.models import User
from clavet.accounts.own_data import Part, register
from clavet.cache import generation
from clavet.publishing.models import LogEntry, Revision, Translation


def export(user: User) -> dict[str, Any]:
    """What the person wrote, with its text, and what the log says of her."""
    written = Revision.objects.filter(author=user)
    return {
        "written": list(written.values("code_id", "kind", "language", "state", "created_at", "saved_at", "document")),
        "log": list(LogEntry.objects.filter(actor=user).values("code_id", "action", "before", "after", "reason", "at")),
    }


def erase(user: User) -> None:
    """The name under which the person's translations are credited. What is public stays."""
    credited = Revision.objects.filter(author=user, translator_name=user.name).exclude(translator_name="")
    for code, language in set(credited.values_list("code_id", "language")):
        Translation.objects.filter(code_id=code, language=language, translator_name=user.name).update(
            translator_name=""
        )
    credited.update(translator_name="")
    generation.bump()


def declare() -> None:
    """Make the part known."""
    register(Part("texts", export, erase))
