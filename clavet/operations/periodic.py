"""What has to be done from time to time: each app says its own part when Django starts.

Every job must be safe to run at once on any number of nodes, and as often as one likes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass

from django.db import connection, transaction

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Work under a name that the operator reads; ``function`` returns what it did, a number as a rule."""

    name: str
    function: Callable[[], object]
    own_transactions: bool


@dataclass(frozen=True)
class Outcome:
    """What became of a job: what its function returned, or the kind of error that ended it."""

    name: str
    result: str
    failed: bool = False

    def __str__(self) -> str:
        return f"{self.name}: {'FAILED, ' if self.failed else ''}{self.result}"


JOBS: dict[str, Job] = {}


def register(name: str, function: Callable[[], object], *, own_transactions: bool = False) -> None:
    """Adds a job. It runs in a transaction, unless it makes its own; those come last, so that what the others queued
    goes out in the same run."""
    JOBS[name] = Job(name, function, own_transactions)


def run_order() -> list[Job]:
    """All jobs, in the order in which they run."""
    return sorted(JOBS.values(), key=lambda job: job.own_transactions)


def run_all() -> Iterator[Outcome]:
    """Runs every job, one after the other, and says what became of each. One that fails does not stop the others."""
    return map(run, run_order())


def run(job: Job) -> Outcome:
    """Runs one job. Whatever goes wrong is logged and reported, never raised; of a failed transaction nothing stays."""
    try:
        with nullcontext() if job.own_transactions else transaction.atomic():
            return Outcome(job.name, str(job.function()))
    except Exception as error:
        logger.exception("The periodic job %r failed", job.name)
        if not connection.in_atomic_block:
            # The next job gets a connection that works, where it was the database that went away.
            connection.close_if_unusable_or_obsolete()
        return Outcome(job.name, type(error).__name__, failed=True)
