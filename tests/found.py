"""What tests can use on this machine: a Chromium, a Redis, a PostgreSQL. Looked for, never installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

# Where a PostgreSQL usually answers a developer: the local socket as oneself or as postgres, then the network.
POSTGRESQL = (
    "postgresql:///postgres",
    "postgresql://postgres@/postgres",
    "postgresql://127.0.0.1/postgres",
    "postgresql://postgres@127.0.0.1/postgres",
)


def chromium(environ: Mapping[str, str] = os.environ) -> str | None:
    """The path of a Chromium or Chrome: what ``CHROMIUM`` names, or the first that is installed; ``None`` without."""
    names = [environ["CHROMIUM"]] if environ.get("CHROMIUM") else BROWSERS
    return next((path for name in names if (path := shutil.which(name))), None)


def redis() -> str | None:
    """The path of a Redis server; ``None`` without."""
    return shutil.which("redis-server")


def postgresql(environ: Mapping[str, str] = os.environ) -> str | None:
    """The address of a PostgreSQL where databases may be made; ``None`` where none answers.

    ``CLAVET_TEST_DATABASE_URL`` is the only one tried if it is set.
    """
    given = environ.get("CLAVET_TEST_DATABASE_URL")
    return next((address for address in ([given] if given else POSTGRESQL) if may_make_databases(address)), None)


def may_make_databases(address: str) -> bool:
    """Whether a PostgreSQL answers there and lets us make databases."""
    import psycopg

    question = "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    try:
        with psycopg.connect(address, connect_timeout=3) as connection:
            row = connection.execute(question).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])
