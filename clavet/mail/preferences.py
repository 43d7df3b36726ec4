"""What people chose to get, and how they stop it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from clavet.accounts.models import User
from clavet.mail.models import Choice, Email, Preference, State, key_of
from clavet.mail.registry import DIGEST, MESSAGES, Message, optional_for


def choice_of(recipient: str, name: str) -> Choice:
    """What ``recipient`` (``models.key_of``) chose for the message ``name``; at once, where nothing was chosen."""
    found = Preference.objects.filter(recipient=recipient, name=name).values_list("choice", flat=True).first()
    return Choice(found or Choice.NOW)


def is_known(recipient: str) -> bool:
    """Whether there still is such a recipient: an address always, an account unless it has been erased."""
    kind, _colon, key = recipient.partition(":")
    return kind != "account" or User.objects.filter(pk=key).exists()


def choices_of(user: User) -> list[tuple[Message, Choice]]:
    """Each message about which an account may decide, with what it chose."""
    chosen = dict(Preference.objects.filter(recipient=key_of(user)).values_list("name", "choice"))
    return [(message, Choice(chosen.get(message.name, Choice.NOW))) for message in optional_for(user)]


@transaction.atomic
def choose(recipient: str, name: str, choice: Choice, **stopping: Any) -> None:
    """Write down a choice. What waits for the digest and is no longer wanted goes.

    ``ValueError`` for a message that nobody can decide about, or that cannot wait for a digest.
    """
    message = MESSAGES.get(name)
    if message is None or message.essential or (choice == Choice.DAILY and not message.can_wait):
        raise ValueError(f"{choice} is no choice for {name}")
    if choice == Choice.NEVER:
        Email.objects.filter(recipient=recipient, name=name, state=State.COLLECTED).delete()
    kind, _colon, key = recipient.partition(":")
    Preference.objects.update_or_create(
        recipient=recipient,
        name=name,
        defaults={
            "choice": choice,
            "before": "",
            "with_digest": False,
            "user_id": int(key) if kind == "account" else None,
            **stopping,
        },
    )


@transaction.atomic
def stop(recipient: str, name: str) -> None:
    """Never again the message ``name``; twice is once. For the digest: none of the messages that go into it."""
    if name == DIGEST:
        daily = Preference.objects.filter(recipient=recipient, choice=Choice.DAILY)
        for one in list(daily.values_list("name", flat=True)):
            choose(recipient, one, Choice.NEVER, before=Choice.DAILY, with_digest=True)
        return
    before = choice_of(recipient, name)
    if before != Choice.NEVER:
        choose(recipient, name, Choice.NEVER, before=before)


@transaction.atomic
def resume(recipient: str, name: str) -> None:
    """Undo ``stop``: as it was before."""
    stopped = Preference.objects.filter(recipient=recipient, choice=Choice.NEVER)
    stopped = stopped.filter(with_digest=True) if name == DIGEST else stopped.filter(name=name)
    for preference in stopped:
        choose(recipient, preference.name, Choice(preference.before or Choice.NOW))


def is_stopped(recipient: str, name: str) -> bool:
    """Whether ``recipient`` no longer gets the message ``name``."""
    if name == DIGEST:
        chosen = Preference.objects.filter(recipient=recipient)
        return not chosen.filter(choice=Choice.DAILY).exists() and chosen.filter(with_digest=True).exists()
    return choice_of(recipient, name) == Choice.NEVER
