"""Work that one process does while others wait: two nodes that start together must not both migrate."""

from __future__ import annotations

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from clavet.operations.connections import direct_connection


@contextmanager
def alone(work: str) -> Iterator[None]:
    """Holds the lock named ``work``, once it is free; all processes on the same database share it.

    PostgreSQL keeps the lock (on a connection of its own, so that it ends with this process, however it ends);
    SQLite is one machine, so there a file in the data directory does.
    """
    if connection.vendor == "postgresql":
        with direct_connection() as holder, holder.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [zlib.crc32(f"clavet {work}".encode())])
            yield
    else:
        with Path(settings.DATA, f"{work}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
