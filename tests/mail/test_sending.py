"""What goes out, how often it is tried, and what is given up; with a clock that the test holds."""

from __future__ import annotations

import datetime
import email
import email.policy
import smtplib
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from clavet.mail import retention, sending
from clavet.mail.models import Email, State
from clavet.mail.queueing import queue
from clavet.mail.sending import drain, send_again
from clavet.publishing.errors import NotAllowed
from tests import factories
from tests.mail.backends import Failing
from tests.mail.conftest import CONTEXT
from tests.mail.servers import mail_server

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 5, 4, 9, tzinfo=datetime.UTC)
RECIPIENT = "person@example.org"


def queued(name: str = "trial.news", to: Any = RECIPIENT, **fields: Any) -> Email:
    """An e-mail in the queue since ``NOW``."""
    row = queue(name, to=to, context=CONTEXT, **fields)
    Email.objects.filter(pk=row.pk).update(created_at=NOW, due_at=NOW)
    return Email.objects.get(pk=row.pk)


@pytest.fixture
def failing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> type[Failing]:
    """A mail server that fails with ``error``."""
    settings.EMAIL_BACKEND = "tests.mail.backends.Failing"
    monkeypatch.setattr(Failing, "asked", 0)
    return Failing


def refused(code: int) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({RECIPIENT: (code, b"no")})


def test_an_e_mail_lies_in_the_folder_whole_and_under_its_message_id(folder: Path) -> None:
    row = queued()
    assert drain(lambda: NOW) == 1
    [path] = folder.iterdir()
    assert path.name == f"{row.message_id}.eml"
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert message["Message-ID"] == f"<{row.message_id}>"
    assert (message["To"], message["Auto-Submitted"], message["Content-Language"]) == (
        RECIPIENT,
        "auto-generated",
        "en",
    )
    assert message["Date"].datetime == NOW
    assert message.get_body(("plain",)).get_content().strip() == row.text.strip()
    assert message.get_body(("html",)).get_content().strip() == row.html.strip()


def test_the_message_id_is_of_this_site_and_no_two_are_alike(settings: Any) -> None:
    settings.SITE_URL = "https://portal.example:8443"
    first, second = queued(), queued()
    assert first.message_id != second.message_id
    assert first.message_id.endswith("@portal.example")


def test_no_line_is_longer_than_mail_allows(folder: Path) -> None:
    queue("trial.news", to=RECIPIENT, context={**CONTEXT, "text": "λέξη " * 1000})
    drain()
    [path] = folder.iterdir()
    assert max(map(len, path.read_bytes().splitlines())) <= 998


def test_what_is_not_essential_can_be_stopped_by_the_mail_program_and_the_rest_cannot() -> None:
    queued("trial.news")
    queued("trial.key")
    drain(lambda: NOW)
    news, key = (message.extra_headers for message in mail.outbox)
    assert news["List-Unsubscribe"].startswith("<http://testserver/en/mail/stop/")
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not {"List-Unsubscribe", "List-Unsubscribe-Post"} & key.keys()


def test_it_is_tried_again_under_the_same_message_id_with_longer_and_longer_pauses(failing: type[Failing]) -> None:
    failing.error = ConnectionRefusedError(111, "Connection refused")
    row, now, pauses = queued(), NOW, []
    for attempt in range(1, 100):
        drain(lambda now=now: now)
        current = Email.objects.get()
        assert (current.attempts, current.message_id) == (attempt, row.message_id)
        if current.state == State.FAILED:
            break
        drain(lambda due=current.due_at: due - datetime.timedelta(seconds=1))
        assert failing.asked == attempt, "it was tried before its time"
        pauses.append((current.due_at - now).total_seconds())
        now = current.due_at
    assert failing.asked == 16
    assert 48 <= pauses[0] <= 72
    assert max(pauses) <= 6 * 3600 * 1.2
    assert datetime.timedelta(days=1) < now - NOW < datetime.timedelta(days=2.3)
    assert "Connection refused" in Email.objects.get().last_error


def test_what_failed_together_does_not_come_back_together() -> None:
    assert len({sending.pause_after(3) for _turn in range(10)}) > 1


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (refused(550), State.FAILED),
        (refused(450), State.QUEUED),
        (smtplib.SMTPDataError(554, b"refused"), State.FAILED),
        (smtplib.SMTPDataError(451, b"later"), State.QUEUED),
        # Ours to put right: the e-mail waits meanwhile.
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), State.QUEUED),
        (smtplib.SMTPSenderRefused(550, b"who are you", "noreply@localhost"), State.QUEUED),
        (TimeoutError(), State.QUEUED),
    ],
    ids=lambda value: str(value),
)
def test_only_what_the_server_refuses_for_good_fails_at_once(
    error: Exception, state: str, failing: type[Failing]
) -> None:
    failing.error = error
    queued()
    drain(lambda: NOW)
    assert Email.objects.get().state == state


def test_a_server_that_cannot_be_reached_is_asked_once_and_not_for_each_e_mail(failing: type[Failing]) -> None:
    failing.error = ConnectionRefusedError(111, "Connection refused")
    for _turn in range(5):
        queued()
    drain(lambda: NOW)
    assert failing.asked == 1


def test_a_refused_recipient_holds_nobody_else_up(failing: type[Failing]) -> None:
    failing.error = refused(550)
    for _turn in range(5):
        queued()
    drain(lambda: NOW)
    assert failing.asked == 5


def test_a_folder_that_cannot_be_written_loses_nothing(folder: Path) -> None:
    queued()
    folder.write_text("a file, where the folder should be")
    assert drain(lambda: NOW) == 0
    folder.unlink()
    assert drain(lambda: NOW + datetime.timedelta(minutes=2)) == 1
    assert len(list(folder.iterdir())) == 1


def test_what_lets_somebody_in_is_gone_once_it_is_sent() -> None:
    queued("trial.key")
    queued("trial.news")
    drain(lambda: NOW)
    assert all(message.body for message in mail.outbox)
    texts = dict(Email.objects.values_list("name", "text"))
    assert texts["trial.key"] == ""
    assert texts["trial.news"]


def test_staff_send_again_what_failed_and_nothing_else() -> None:
    failed, sent = queued(), queued()
    Email.objects.filter(pk=failed.pk).update(state=State.FAILED, attempts=16, finished_at=NOW)
    Email.objects.filter(pk=sent.pk).update(state=State.SENT, finished_at=NOW)
    for user in (factories.person(), factories.superuser()):
        with pytest.raises(NotAllowed):
            send_again(failed, actor=user)
    for actor in (factories.coordinator(), factories.administrator()):
        assert not send_again(sent, actor=actor)
    assert send_again(failed, actor=factories.coordinator(), now=NOW)
    assert drain(lambda: NOW) == 1
    assert not Email.objects.exclude(state=State.SENT).exists()


def test_e_mails_are_erased_in_time_and_what_had_a_cause_is_never_sent_again() -> None:
    day = datetime.timedelta(days=1)
    ages = {
        "sent": (State.SENT, 89),
        "old": (State.SENT, 91),
        "failed": (State.FAILED, 364),
        "lost": (State.FAILED, 366),
    }
    for cause, (state, days) in ages.items():
        row = queued(cause=cause)
        Email.objects.filter(pk=row.pk).update(state=state, finished_at=NOW - days * day)
    waiting, without_cause = queued(), queued()
    Email.objects.filter(pk=waiting.pk).update(created_at=NOW - 900 * day)
    Email.objects.filter(pk=without_cause.pk).update(state=State.SENT, finished_at=NOW - 91 * day)
    assert retention.forget_old(NOW) == 3
    assert set(Email.objects.readable().values_list("cause", flat=True)) == {"sent", "failed", ""}
    for erased in Email.objects.filter(state=State.ERASED).values():
        assert RECIPIENT not in str(erased)
        assert "Piraeus" not in str(erased)
    assert queue("trial.news", to=RECIPIENT, context=CONTEXT, cause="old") is None
    assert retention.forget_old(NOW) == 0


def test_an_account_that_is_erased_takes_its_e_mails_along() -> None:
    person = factories.person()
    queue("trial.news", to=person, context=CONTEXT)
    person.delete()
    assert not Email.objects.exists()


def test_an_e_mail_is_not_sent_before_its_time() -> None:
    queued()
    assert drain(lambda: NOW - datetime.timedelta(seconds=1)) == 0
    assert Email.objects.due(timezone.now()).count() == 1


def test_a_mail_server_gets_what_it_takes_and_what_it_refuses_fails(settings: Any) -> None:
    for address in ("550@example.org", RECIPIENT, "451@example.org", "other@example.org"):
        queued(to=address)
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        assert drain(lambda: NOW) == 2
        assert len(server.received) == 2
    states = dict(Email.objects.values_list("address", "state"))
    assert states == {
        "550@example.org": State.FAILED,
        RECIPIENT: State.SENT,
        "451@example.org": State.QUEUED,
        "other@example.org": State.SENT,
    }
    taken = email.message_from_bytes(server.received[0], policy=email.policy.default)
    assert taken["Message-ID"] == f"<{Email.objects.get(address=RECIPIENT).message_id}>"
    assert drain(lambda: NOW + datetime.timedelta(hours=1)) == 0, "the server is gone"
    assert Email.objects.get(address="451@example.org").attempts == 2
