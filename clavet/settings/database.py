"""How we open SQLite: readers beside one writer, and writers that wait for each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def sqlite(path: Path | str) -> dict[str, Any]:
    """Django's settings of the SQLite file ``path``.

    Write-ahead logging lets readers go on while one writes; ``IMMEDIATE`` takes the write lock at the start of a
    transaction, so that two writers queue (up to 20 seconds) instead of failing half-way.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;"
            ),
        },
    }
