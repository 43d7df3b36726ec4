"""Sending what is queued. Any number of processes may do so at once, and any of them may be killed at any moment.

A process claims one e-mail at a time by changing its row, sends it, and writes down what became of it. A claim ends
with the process that made it, which others on the same machine can see at once, or by the clock, for the machine that
is gone. Between sending and writing it down a crash makes the next one send it again, under the same Message-ID.
"""

from __future__ import annotations

import datetime
import logging
import random
import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone

from clavet.accounts.roles import is_administrator, is_coordinator
from clavet.mail import registry
from clavet.mail.building import built
from clavet.mail.models import Email, State
from clavet.operations import processes
from clavet.publishing.errors import NotAllowed

logger = logging.getLogger(__name__)

# The name of the work among all that is due from time to time.
JOB = "e-mails sent"

# Longer than any server may take to accept one e-mail: each step of the conversation ends after EMAIL_TIMEOUT.
CLAIM = datetime.timedelta(minutes=15)

# A minute, two, four … and then every six hours: the sixteenth attempt is not quite two days after the first.
FIRST_PAUSE = datetime.timedelta(minutes=1)
LONGEST_PAUSE = datetime.timedelta(hours=6)
MOST_ATTEMPTS = 16

Clock = Callable[[], datetime.datetime]


def drain(clock: Clock = timezone.now) -> int:
    """Sends what is due; returns how many went out. Stops when the mail server cannot be reached."""
    release_claims_of_the_gone(clock())
    sent = 0
    connection = None
    try:
        while email := claim(clock()):
            if email.attempts > MOST_ATTEMPTS:
                note_failure(email, RuntimeError("every attempt ended with its process"), clock())
                continue
            connection = connection or get_connection()
            try:
                connection.send_messages([built(email)])
            except (OSError, ValueError) as error:
                connection = _closed(connection)
                note_failure(email, error, clock())
                if not concerns_this_one(error):
                    break
            else:
                note_sent(email, clock())
                sent += 1
    finally:
        _closed(connection)
    return sent


def _closed(connection: Any) -> None:
    """Ends the conversation with the server, which after an error may be gone already."""
    if connection is not None:
        connection.close()


def claim(now: datetime.datetime) -> Email | None:
    """Takes the e-mail that has been due longest, for this process alone; nothing where none is due."""
    due = Email.objects.due(now).order_by("due_at", "pk")
    # Looks before it takes SQLite's write lock, so that a queue with nothing in it holds nobody up.
    if not due.exists():
        return None
    # Durable: a claim that others cannot see is none.
    with transaction.atomic(durable=True):
        email = due.select_for_update(skip_locked=True).first()
        if email is None:
            return None
        email.state, email.claimed_by = State.SENDING, processes.identity()
        email.attempts += 1
        email.due_at = now + CLAIM
        email.save(update_fields=["state", "claimed_by", "attempts", "due_at"])
    return email


def release_claims_of_the_gone(now: datetime.datetime) -> None:
    """Puts back what was claimed by processes of this machine that have ended without sending it."""
    claimed = Email.objects.filter(state=State.SENDING)
    for who in claimed.values_list("claimed_by", flat=True).distinct().order_by():
        if processes.is_gone(who):
            claimed.filter(claimed_by=who).update(state=State.QUEUED, claimed_by="", due_at=now)


def note_sent(email: Email, now: datetime.datetime) -> None:
    """The server, or the folder, has it. What lets somebody in does not stay with us."""
    fields: dict[str, Any] = {"state": State.SENT, "finished_at": now, "last_error": "", "claimed_by": ""}
    if is_confidential(email):
        fields |= {"text": "", "html": "", "url": ""}
    _finish(email, fields)


def note_failure(email: Email, error: Exception, now: datetime.datetime) -> None:
    """It did not go out: again later, unless the server said never or we have tried long enough."""
    fields: dict[str, Any] = {"last_error": f"{type(error).__name__}: {error}"[:500], "claimed_by": ""}
    if is_final(error) or email.attempts >= MOST_ATTEMPTS:
        fields |= {"state": State.FAILED, "finished_at": now}
        logger.error("E-mail %d (%s) failed for good: %s", email.pk, email.name, type(error).__name__)
    else:
        fields |= {"state": State.QUEUED, "due_at": now + pause_after(email.attempts)}
        logger.warning("E-mail %d (%s) was not sent: %s", email.pk, email.name, type(error).__name__)
    _finish(email, fields)


def _finish(email: Email, fields: dict[str, Any]) -> None:
    """Writes an outcome, unless the claim ran out and somebody else has taken the e-mail since."""
    mine = Email.objects.filter(pk=email.pk, state=State.SENDING, attempts=email.attempts, claimed_by=email.claimed_by)
    mine.update(**fields)


def pause_after(attempts: int) -> datetime.timedelta:
    """How long to wait after so many attempts: doubling, bounded, and a fifth more or less, so that what failed
    together does not come back together."""
    pause = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
    return pause * random.uniform(0.8, 1.2)  # noqa: S311


def is_final(error: Exception) -> bool:
    """Whether trying again is of no use: the server refused recipient or text for good, or a header is malformed."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)


def concerns_this_one(error: Exception) -> bool:
    """Whether the next e-mail may fare better. Everything else is the server's trouble, or that of our settings."""
    return is_final(error) or isinstance(error, (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError))


def is_confidential(email: Email) -> bool:
    """Whether staff may not read it. What nobody declares any more might have been."""
    message = registry.MESSAGES.get(email.name)
    return message is None or message.confidential


def send_again(email: Email, *, actor: Any, now: datetime.datetime | None = None) -> bool:
    """Puts an e-mail that failed back into the queue, with all its attempts; whether it had failed. ``NotAllowed`` for
    anybody but staff."""
    if not may_see(actor):
        raise NotAllowed("mail.send_again")
    failed = Email.objects.filter(pk=email.pk, state=State.FAILED)
    again = {"state": State.QUEUED, "attempts": 0, "due_at": now or timezone.now(), "finished_at": None}
    return bool(failed.update(**again))


def may_see(user: Any) -> bool:
    """Who sees what the portal sends."""
    return is_coordinator(user) or is_administrator(user)
