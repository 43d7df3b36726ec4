"""Taking a table in: all of it is checked first; one finding, and nothing is imported."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from clavet.publishing import codes, effects
from clavet.tables.findings import TableRefused
from clavet.tables.kinds import Kind, Plan
from clavet.tables.reading import read_table


def dry_run(kind: Kind, content: bytes, name: str, **options: Any) -> Plan:
    """What an import of this file would do; nothing stays of it. ``TableRefused`` for a file that is no table."""
    table = read_table(content, name, most_rows=kind.most_rows)
    with transaction.atomic():
        plan = kind.check(table, **options)
        # Codes may have been given, so that things of one file can name each other.
        transaction.set_rollback(True)
    return plan


def import_table(kind: Kind, content: bytes, name: str, *, actor: Any, **options: Any) -> Plan:
    """Import this file, all or nothing. ``TableRefused`` with every finding."""
    table = read_table(content, name, most_rows=kind.most_rows)
    with transaction.atomic(), effects.gathering():
        # Two imports at once would both find a thing missing.
        codes.lock(kind.prefix)
        plan = kind.check(table, **options)
        if plan.findings:
            raise TableRefused(plan.findings)
        plan.write(actor)
    return plan
