"""Putting an e-mail into the queue, in the transaction of what caused it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction

from clavet.accounts.models import User
from clavet.languages import SOURCE
from clavet.mail import addresses, registry
from clavet.mail.models import Choice, Email, Preference, State, key_of
from clavet.mail.preferences import choice_of
from clavet.mail.rendering import About, Rendered, render
from clavet.mail.sending import JOB
from clavet.operations import background

# So many are asked about at once.
TOGETHER = 5000


def queue(name: str, *, to: User | str, language: str = "", context: dict[str, Any], cause: str = "") -> Email | None:
    """Queue the message ``name`` for an account or an address; it goes out after the caller's transaction.

    Without ``language`` it is the account's, or else English. With a ``cause`` it is queued once: whoever comes
    second, in whatever process, gets ``None``. So does whoever writes to somebody who does not want this message.
    """
    message = registry.get(name)
    user = to if isinstance(to, User) else User.objects.filter(email=to.strip().lower()).first()
    recipient = key_of(user or to)
    choice = Choice.NOW if message.essential else choice_of(recipient, name)
    if choice == Choice.NEVER or (user and not user.is_active and not message.essential):
        return None
    if cause and Email.objects.filter(name=name, recipient=recipient, cause=cause).exists():
        return None
    language = language or (user.language if user else SOURCE)
    stop_url = "" if message.essential else addresses.stop_url(recipient, name, language)
    rendered = rendered_for(message, language, context, user=user, stop_url=stop_url)
    waits = message.can_wait and choice == Choice.DAILY and user is not None
    email = Email(
        message_id=f"{uuid.uuid4()}@{addresses.host()}",
        name=name,
        recipient=recipient,
        cause=cause,
        user=user,
        address=to.email if isinstance(to, User) else to.strip(),
        language=language,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        url=str(context.get("url", "")),
        stop_url=stop_url,
        state=State.COLLECTED if waits else State.QUEUED,
    )
    return _inserted(email)


def not_sent(name: str, wanted: Sequence[tuple[User, str]]) -> list[tuple[User, str]]:
    """Of these accounts, each with a cause, those who have not got the message ``name`` for it, and want it.

    For what is looked through again and again: it asks as much for a thousand as for one.
    """
    found = []
    for first in range(0, len(wanted), TOGETHER):
        some = {(key_of(user), cause): user for user, cause in wanted[first : first + TOGETHER]}
        recipients = {recipient for recipient, _cause in some}
        causes = {cause for _recipient, cause in some}
        sent = Email.objects.filter(name=name, recipient__in=recipients, cause__in=causes).exclude(cause="")
        gone = set(sent.values_list("recipient", "cause"))
        stopped = Preference.objects.filter(name=name, recipient__in=recipients, choice=Choice.NEVER)
        unwanted = set(stopped.values_list("recipient", flat=True))
        found += [(user, pair[1]) for pair, user in some.items() if pair not in gone and pair[0] not in unwanted]
    return found


def rendered_for(
    message: registry.Message, language: str, context: dict[str, Any], *, user: User | None, stop_url: str
) -> Rendered:
    """The e-mail as its recipient reads it."""
    about = About(
        person=user.name if user else "",
        site_url=settings.SITE_URL,
        stop_url=stop_url,
        preferences_url=addresses.preferences_url(language) if user and not message.essential else "",
    )
    return render(message, language, context, about)


def _inserted(email: Email) -> Email | None:
    """The row, unless one of the same cause was there first, or is being written by somebody else at this moment.

    ON CONFLICT DO NOTHING, because an error would end the caller's transaction in PostgreSQL.
    """
    Email.objects.bulk_create([email], ignore_conflicts=True)
    stored = Email.objects.filter(message_id=email.message_id).first()
    if stored and stored.state == State.QUEUED:
        transaction.on_commit(lambda: background.wake(JOB), robust=True)
    return stored
