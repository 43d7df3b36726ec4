"""A connection to the portal's database beside the one that requests use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def direct_connection(*, timeout: int | None = None) -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own, past any pool, closed at the end.

    ``timeout`` is the number of seconds within which PostgreSQL has to answer: a pool would go on trying.
    """
    direct = connection.copy()
    options = {name: value for name, value in direct.settings_dict.get("OPTIONS", {}).items() if name != "pool"}
    if timeout is not None and direct.vendor == "postgresql":
        options["connect_timeout"] = timeout
    direct.settings_dict["OPTIONS"] = options
    try:
        yield direct
    finally:
        direct.close()
