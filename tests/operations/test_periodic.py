"""What is due from time to time: listed, each job for itself, and done by the portal itself where nobody else does."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from clavet.operations import background, periodic, processes
from clavet.operations.models import Milestone


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> dict[str, periodic.Job]:
    """No job but those that the test registers."""
    monkeypatch.setattr(periodic, "JOBS", {})
    return periodic.JOBS


def said(output: io.StringIO) -> list[str]:
    return output.getvalue().splitlines()


@pytest.mark.django_db
def test_the_command_lists_what_it_did() -> None:
    output = io.StringIO()
    call_command("periodic", stdout=output)
    names = [line.partition(":")[0] for line in said(output)]
    assert {"expired sessions erased", "failed log-ins erased", "readers’ messages erased", "e-mails erased"} <= {
        *names
    }
    assert names[-1] == "e-mails sent"
    assert all(line.endswith(": 0") for line in said(output))


@pytest.mark.django_db
def test_a_job_that_fails_leaves_nothing_behind_and_stops_no_other(jobs: dict[str, periodic.Job]) -> None:
    def fails() -> None:
        Milestone.objects.create(name="half done")
        raise ZeroDivisionError

    def refused_by_the_database() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    periodic.register("first", lambda: Milestone.objects.create(name="first").pk)
    periodic.register("failing", fails)
    periodic.register("refused", refused_by_the_database)
    periodic.register("last", lambda: Milestone.objects.create(name="last").pk)
    output = io.StringIO()
    with pytest.raises(CommandError, match="2 of 4 jobs failed"):
        call_command("periodic", stdout=output)
    assert said(output)[:2] == ["first: first", "failing: FAILED, ZeroDivisionError"]
    assert said(output)[3] == "last: last"
    assert set(Milestone.objects.values_list("name", flat=True)) == {"first", "last"}


@pytest.mark.django_db
def test_what_makes_its_own_transactions_comes_last_and_has_them(jobs: dict[str, periodic.Job]) -> None:
    order: list[tuple[str, int]] = []
    outside = len(connection.savepoint_ids)
    periodic.register(
        "own", lambda: order.append(("own", len(connection.savepoint_ids) - outside)), own_transactions=True
    )
    periodic.register("given", lambda: order.append(("given", len(connection.savepoint_ids) - outside)))
    list(periodic.run_all())
    assert order == [("given", 1), ("own", 0)]


@pytest.mark.once
def test_the_thread_does_at_once_what_it_is_asked_and_sleeps_otherwise(
    jobs: dict[str, periodic.Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = threading.Event()
    periodic.register("other", lambda: pytest.fail("nobody asked for this"), own_transactions=True)
    periodic.register("wanted", done.set, own_transactions=True)
    monkeypatch.setattr(background, "_running", None)
    background.wake("wanted")
    assert not done.is_set(), "without the thread nothing happens"
    thread = background.start()
    assert background.start() is thread
    try:
        background.wake("wanted")
        assert done.wait(5)
    finally:
        thread.end()
        thread.join(5)
    assert not thread.is_alive()


@pytest.mark.once
def test_a_process_is_gone_when_it_has_ended_and_not_before() -> None:
    command = "from clavet.operations.processes import identity; print(identity(), flush=True); input()"
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ}
    ) as process:
        who = process.stdout.readline().strip()
        assert not processes.is_gone(who)
        process.communicate("\n", timeout=20)
    assert processes.is_gone(who)
    assert not processes.is_gone(processes.identity())


@pytest.mark.once
@pytest.mark.parametrize("who", ["", "another-machine 1 2", "nonsense", "unknown-node 1 2"])
def test_of_other_machines_nothing_is_known(who: str) -> None:
    assert not processes.is_gone(who)


@pytest.mark.once
def test_a_number_that_was_given_again_is_another_process() -> None:
    machine, number, started = processes.identity().rsplit(" ", 2)
    assert processes.is_gone(f"{machine} {number} {int(started) - 1}")
