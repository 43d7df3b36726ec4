"""Several processes at once, killed at any moment: each e-mail stays in the queue once and lies in the folder once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection, connections, transaction
from django.utils import timezone

from clavet.mail import digests, preferences
from clavet.mail.models import Choice, Email, State, key_of
from clavet.mail.queueing import queue
from clavet.mail.registry import DIGEST
from clavet.mail.sending import CLAIM, claim, drain
from tests import factories
from tests.mail.conftest import CONTEXT
from tests.mail.portals import FOLDER, ended, mails, periodic

pytestmark = pytest.mark.django_db(transaction=True)


def news(number: int = 1, **fields: Any) -> list[Email]:
    """E-mails in the queue."""
    person = factories.person()
    return [queue("trial.news", to=person, context=CONTEXT, cause=f"cause {n}", **fields) for n in range(number)]


def in_threads(*actions: Callable[[], Any]) -> list[Any]:
    """What each action returned, all begun at the same moment."""
    gate, outcomes = threading.Barrier(len(actions)), [None] * len(actions)

    def run(place: int, action: Callable[[], Any]) -> None:
        gate.wait(timeout=10)
        try:
            outcomes[place] = action()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=entry) for entry in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def test_two_processes_that_send_at_once_share_the_queue(tmp_path: Path) -> None:
    news(25)
    outcomes = [ended(process) for process in [periodic(tmp_path), periodic(tmp_path)]]
    assert [code for code, _output in outcomes] == [0, 0], outcomes
    assert set(Email.objects.values_list("state", "attempts")) == {(State.SENT, 1)}
    assert mails(tmp_path) == sorted(f"{email.message_id}.eml" for email in Email.objects.all())


@pytest.mark.postgresql
def test_four_that_send_at_once_send_each_e_mail_once() -> None:
    news(40)
    assert sum(in_threads(*[drain] * 4)) == 40
    assert set(Email.objects.values_list("state", "attempts")) == {(State.SENT, 1)}
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == len(mail.outbox) == 40


@pytest.mark.parametrize("moment", ["KilledBefore", "KilledWithin", "KilledAfter"])
def test_what_a_killed_process_had_claimed_is_sent_by_the_next_one_at_once(moment: str, tmp_path: Path) -> None:
    news(2)
    code, _output = ended(periodic(tmp_path, f"tests.mail.backends.{moment}"))
    assert code == -9
    assert Email.objects.filter(state=State.SENDING).count() == 1
    code, output = ended(periodic(tmp_path))
    assert code == 0, output
    assert sorted(Email.objects.values_list("state", "attempts")) == [(State.SENT, 1), (State.SENT, 2)]
    assert mails(tmp_path) == sorted(f"{email.message_id}.eml" for email in Email.objects.all())


def test_the_claim_of_a_machine_that_is_gone_ends_by_the_clock() -> None:
    news()
    now = timezone.now()
    claim(now)
    Email.objects.update(claimed_by="another-machine 1 2")
    assert drain(lambda: now) == 0
    assert drain(lambda: now + CLAIM) == 1


def test_an_e_mail_that_kills_whoever_sends_it_is_given_up() -> None:
    news()
    Email.objects.update(attempts=16)
    assert drain() == 0
    assert Email.objects.get().state == State.FAILED


@pytest.mark.postgresql
def test_of_two_who_queue_the_same_cause_at_once_one_does() -> None:
    person = factories.person()

    def act() -> Email | None:
        with transaction.atomic():
            return queue("trial.news", to=person, context=CONTEXT, cause="deadline 7")

    outcomes = in_threads(*[act] * 4)
    assert sum(outcome is not None for outcome in outcomes) == 1
    assert Email.objects.count() == 1


def test_whoever_comes_second_may_go_on_in_the_same_transaction() -> None:
    person = factories.person()
    with transaction.atomic():
        assert queue("trial.news", to=person, context=CONTEXT, cause="7")
        assert queue("trial.news", to=person, context=CONTEXT, cause="7") is None
        assert queue("trial.news", to=factories.person(), context=CONTEXT, cause="7")
        assert queue("trial.key", to=person, context=CONTEXT, cause="7")
    assert Email.objects.count() == 3


def test_an_e_mail_whose_cause_did_not_happen_was_never_queued() -> None:
    with transaction.atomic():
        news()
        transaction.set_rollback(True)
    assert not Email.objects.exists()


def test_periodic_twice_at_once_and_killed_and_again_makes_each_digest_once(tmp_path: Path) -> None:
    people = [factories.person() for _turn in range(3)]
    for person in people:
        preferences.choose(key_of(person), "trial.news", Choice.DAILY)
        for number in range(2):
            queue("trial.news", to=person, context=CONTEXT, cause=str(number))
    started = [periodic(tmp_path, "tests.mail.backends.KilledBefore"), periodic(tmp_path, FOLDER)]
    for process in started:
        ended(process)
    assert ended(periodic(tmp_path))[0] == 0
    sent = Email.objects.filter(name=DIGEST)
    assert sorted(sent.values_list("recipient", flat=True)) == sorted(key_of(person) for person in people)
    assert set(sent.values_list("state", flat=True)) == {State.SENT}
    assert {digest.items.count() for digest in sent} == {2}
    assert mails(tmp_path) == sorted(f"{email.message_id}.eml" for email in sent)


@pytest.mark.postgresql
def test_two_that_make_a_digest_at_once_make_one() -> None:
    assert connection.vendor == "postgresql"
    person = factories.person()
    preferences.choose(key_of(person), "trial.news", Choice.DAILY)
    queue("trial.news", to=person, context=CONTEXT)
    today = timezone.localdate()
    assert sorted(in_threads(*[lambda: digests.make(person, today)] * 3)) == [False, False, True]
    assert Email.objects.filter(name=DIGEST).count() == 1
