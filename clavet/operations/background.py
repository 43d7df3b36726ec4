"""A thread of each worker that does what is due, so that a portal on one machine needs no cron.

It sleeps until the next round or until somebody calls ``wake``; asleep it costs nothing. Several workers and nodes may
each have one: the jobs are made for that.
"""

from __future__ import annotations

import logging
import random
import threading
import time

from django.db import connections

from clavet.operations import periodic

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_ROUNDS = 60


class Background(threading.Thread):
    """The thread. It is a daemon: a worker that is told to stop does not wait for it, and its work may be cut off at
    any point, as by any other crash."""

    def __init__(self) -> None:
        super().__init__(name="background", daemon=True)
        self.woken = threading.Event()
        self.wanted: set[str] = set()
        self.ended = False

    def ask(self, name: str) -> None:
        """Have one job run at once; returns immediately."""
        self.wanted.add(name)
        self.woken.set()

    def end(self) -> None:
        """Have the thread end, after what it is doing."""
        self.ended = True
        self.woken.set()

    def run(self) -> None:
        """Rounds, until somebody ends it."""
        # Workers that start together should not all ask the database at the same moment.
        next_round = time.monotonic() + random.uniform(0.1, 1) * SECONDS_BETWEEN_ROUNDS  # noqa: S311
        while not self.ended:
            if self.woken.wait(max(next_round - time.monotonic(), 0)):
                self.woken.clear()
                self.run_wanted()
            else:
                next_round = time.monotonic() + SECONDS_BETWEEN_ROUNDS
                self.run_jobs(list(periodic.run_order()))

    def run_wanted(self) -> None:
        """The jobs that were asked for since the last time."""
        wanted, self.wanted = self.wanted, set()
        self.run_jobs([job for job in periodic.run_order() if job.name in wanted])

    def run_jobs(self, jobs: list[periodic.Job]) -> None:
        """Runs jobs (which log what goes wrong) and gives the database its connection back."""
        for job in jobs:
            periodic.run(job)
        connections.close_all()


_running: Background | None = None


def start() -> Background:
    """The thread of this process, started the first time."""
    global _running
    if _running is None:
        _running = Background()
        _running.start()
    return _running


def wake(name: str) -> None:
    """Have the job ``name`` run soon, where this process has the thread; elsewhere the next round does it."""
    if _running is not None:
        _running.ask(name)
