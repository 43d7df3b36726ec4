"""One measurement: so many requests to a server, and what they took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median

from bench.load import Seen, ask
from bench.servers import Server

# Of so many rounds the middle one counts: the machine does other things as well.
ROUNDS = 5
# So many connections reach every worker, whichever the operating system gives them to.
ALL_WORKERS = 16


class NotWell(Exception):
    """A page did not answer with 200: nothing that was measured means anything."""


@dataclass(frozen=True)
class Figures:
    """What requests took: milliseconds of processor time and of waiting, how many a second; bytes of an answer, and of
    its body."""

    cpu: float
    per_second: float
    median: float
    worst: float
    answer: float
    body: float


@dataclass(frozen=True)
class Subject:
    """What is measured: addresses of a server, asked for in turn, ``number`` requests in all."""

    server: Server
    paths: Sequence[str]
    number: int
    connections: int = 4
    encoding: str = "gzip, br"
    cookie: str = ""


def warm(server: Server, paths: Sequence[str], cookie: str = "") -> None:
    """Have every worker answer ``paths`` before anything is measured."""
    checked(ask(server.port, list(paths) * ALL_WORKERS, connections=ALL_WORKERS, cookie=cookie), paths)


def measure(subject: Subject) -> Figures:
    """Ask, and read the server's processor time before and after."""
    paths = list(islice(cycle(subject.paths), subject.number))
    before = subject.server.cpu_seconds()
    seen = ask(
        subject.server.port,
        paths,
        connections=subject.connections,
        encoding=subject.encoding,
        cookie=subject.cookie,
    )
    cpu = subject.server.cpu_seconds() - before
    checked(seen, subject.paths)
    return Figures(
        cpu=cpu / len(paths) * 1000,
        per_second=len(paths) / seen.seconds,
        median=median(seen.latencies) * 1000,
        worst=max(seen.latencies) * 1000,
        answer=seen.bytes / len(paths),
        body=seen.body / len(paths),
    )


def measure_together(subjects: Mapping[str, Subject]) -> dict[str, Figures]:
    """All of them in turn, several rounds, so that what is compared was measured under the same weather."""
    rounds: dict[str, list[Figures]] = {name: [] for name in subjects}
    for _round in range(ROUNDS):
        for name, subject in subjects.items():
            rounds[name].append(measure(subject))
    return {name: sorted(found, key=lambda one: one.cpu)[len(found) // 2] for name, found in rounds.items()}


def checked(seen: Seen, paths: Sequence[str]) -> Seen:
    """What was seen, if all of it was well. ``NotWell`` otherwise."""
    if not seen.all_well:
        raise NotWell(f"{paths[0]} and others like it answered {seen.statuses}")
    return seen
