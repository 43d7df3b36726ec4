"""Portals to measure: a data directory and a database of their own, filled with synthetic fiches, gone afterwards."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from clavet.operations import catalogues
from clavet.search.analysis import lemmas
from clavet.settings import environment
from tests import found
from tests.run import NOT_FOR_TESTS, own_database

DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Portal:
    """A portal that can be started as often as one likes: the name of its database, and its environment."""

    database: str
    environ: dict[str, str]

    def inside(self, step: str, **arguments: Any) -> Any:
        """What a step of ``bench.inside`` gives, taken in a process that is set up as this portal."""
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "bench.inside", step],
            env=self.environ,
            cwd=environment.PROJECT,
            input=json.dumps(arguments),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)


def get_ready() -> None:
    """What every benchmark begins with: catalogues and dictionaries as the code wants them, and an orderly end."""
    # Whoever ends the benchmarks early ends the servers with them.
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(143))
    catalogues.compile_changed(environment.PROJECT / "locale")
    lemmas.build_changed()


@contextmanager
def portal(database: str) -> Iterator[Portal | None]:
    """A portal on ``database``, migrated and with its vocabulary; ``None`` where no such database answers."""
    with tempfile.TemporaryDirectory(prefix="clavet-bench-") as data, database_of_its_own(database) as address:
        if address is None:
            yield None
            return
        environ = {name: value for name, value in os.environ.items() if name not in NOT_FOR_TESTS}
        environ |= {
            "CLAVET_DATA": data,
            "DJANGO_SETTINGS_MODULE": "clavet.settings.run",
            "SITE_URL": "http://localhost",
        }
        if address:
            environ["DATABASE_URL"] = address
        made = Portal(database, environ)
        made.inside("prepare")
        yield made


@contextmanager
def database_of_its_own(database: str) -> Iterator[str | None]:
    """The address of a new PostgreSQL database, dropped afterwards; empty for SQLite, ``None`` where none answers."""
    if database == "sqlite":
        yield ""
        return
    server = found.postgresql()
    if server is None:
        yield None
        return
    import psycopg

    address = own_database(server).replace("/clavet_", "/clavet_bench_")
    name = address.rpartition("/")[2].partition("?")[0]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield address
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
