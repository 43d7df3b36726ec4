"""What has to be in order before a node may be given requests."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

logger = logging.getLogger(__name__)

# A check returns nothing when all is well and one word when it is not. Addresses of health are public, so a word is
# all they say; what went wrong is in the log.
Check = Callable[[], str | None]


def database() -> str | None:
    """Whether the database answers a question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return None


def migrations() -> str | None:
    """Whether every migration that this code knows has been applied."""
    applied = MigrationRecorder(connection).applied_migrations()
    return None if latest_migrations() <= applied.keys() else "behind"


@cache
def latest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app; it is applied after all before it. The same as long as the process runs."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


CHECKS: dict[str, Check] = {"database": database, "migrations": migrations}


def register(name: str, check: Check) -> None:
    """Adds a check, under the name that `/readyz` gives it."""
    CHECKS[name] = check


def report() -> dict[str, str]:
    """What each check says: ``ok``, or a word on what is wrong."""
    return {name: _outcome(name, check) for name, check in CHECKS.items()}


def _outcome(name: str, check: Check) -> str:
    try:
        return check() or "ok"
    except (Error, OSError):
        logger.exception("The check of %s failed", name)
        return "failing"
