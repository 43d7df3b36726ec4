"""Tables as lines of JSON, and back, whatever the database.

Rows are written as the columns hold them and with their keys, past models' own ``save`` and ``__init__``: a log that
refuses to be edited, a date that sets itself and a text that modeltranslation swaps for another language's must all
come back exactly as they were. Foreign keys are checked by the database at the end of the transaction, so the order
of tables does not matter.
"""

from __future__ import annotations

import base64
import datetime
import decimal
import json
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils.duration import duration_iso_string

BATCH = 500

# Log-ins are not kept: whoever restores yesterday's database should not bring back yesterday's sessions. The count of
# public changes belongs to the database, not to its content: it must not fall when older content comes back.
LEFT_OUT = frozenset({"sessions.session", "usersessions.usersession", "accounts.count", "page_cache.tally"})

# The search index is derived from the records: it is made anew after a restore.
DERIVED = frozenset({"search"})

# Rows that `migrate` writes by itself into a new database, which is no less empty for them.
BY_MIGRATE = frozenset({"contenttypes.contenttype", "auth.permission", "auth.group", "auth.group_permissions"})


def kept_models() -> list[type[models.Model]]:
    """The models whose rows belong into a backup, one for each table, in a fixed order."""
    tables = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.label_lower not in LEFT_OUT
        and model._meta.app_label not in DERIVED
    }
    return sorted(tables.values(), key=lambda model: model._meta.label_lower)


def columns(model: type[models.Model]) -> list[models.Field]:
    """The columns that a backup holds; what the database computes by itself is left to it."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


@contextmanager
def snapshot() -> Iterator[None]:
    """A transaction that sees one state of the database from its first question to its last, and holds nobody up."""
    if connection.in_atomic_block:
        yield
        return
    before = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        # The portal opens transactions as a writer (clavet.settings.database); a reader need not wait for that.
        connection.ensure_connection()
        connection.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = before


def dump() -> Iterator[tuple[str, str]]:
    """The label of the model and the line of JSON of each row: a list, its first entry the label."""
    for model in kept_models():
        label = model._meta.label_lower
        names = [field.attname for field in columns(model)]
        # A plain queryset: managers of models hide rows, and modeltranslation's rename columns.
        values = models.QuerySet(model).order_by("pk").values_list(*names)
        yield label, json.dumps([label, names], ensure_ascii=False)
        for row in values.iterator(chunk_size=BATCH):
            yield label, json.dumps([label, *map(_to_json, row)], ensure_ascii=False)


def _to_json(value: Any) -> Any:
    """A value as JSON has it. Dates keep their microseconds, which Django's own encoder cuts off."""
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return duration_iso_string(value)
    if isinstance(value, (decimal.Decimal, uuid.UUID)):
        return str(value)
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value


def load(lines: Iterable[str]) -> int:
    """Writes rows that ``dump`` gave into empty tables; how many. To be called in a transaction.

    ``LookupError`` or ``ValueError`` for lines that do not fit the tables of this code.
    """
    known = {model._meta.label_lower: model for model in kept_models()}
    total = 0
    model: type[models.Model] | None = None
    batch: list[list[Any]] = []
    for line in lines:
        label, *values = json.loads(line)
        if model is None or label != model._meta.label_lower:
            total += _insert(model, batch)
            model, batch = known[label], []
            if values != [[field.attname for field in columns(model)]]:
                raise ValueError(f"the columns of {label} are not those of this code")
            continue
        batch.append(values)
        if len(batch) == BATCH:
            total += _insert(model, batch)
            batch = []
    return total + _insert(model, batch)


def _insert(model: type[models.Model] | None, batch: list[list[Any]]) -> int:
    """Writes rows of one table in one statement; how many."""
    if model is None or not batch:
        return 0
    fields = columns(model)
    quote = connection.ops.quote_name
    statement = "INSERT INTO {} ({}) VALUES ({})".format(  # noqa: S608 - names of our own tables and columns
        quote(model._meta.db_table),
        ", ".join(quote(field.column) for field in fields),
        ", ".join(["%s"] * len(fields)),
    )
    rows = [
        [field.get_db_prep_save(_from_json(field, value), connection) for field, value in zip(fields, row, strict=True)]
        for row in batch
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)
    return len(rows)


def _from_json(field: models.Field, value: Any) -> Any:
    """A value as the field's column takes it."""
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field.to_python(value)


def clear() -> None:
    """Deletes every row of every table that a backup holds. To be called in a transaction."""
    with connection.cursor() as cursor:
        for model in kept_models():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def is_empty() -> bool:
    """Whether the database holds nothing but what `migrate` itself writes."""
    return not any(
        models.QuerySet(model).exists() for model in kept_models() if model._meta.label_lower not in BY_MIGRATE
    )


def settle() -> None:
    """After ``load``: lets PostgreSQL count on from the highest keys, and checks that every reference leads somewhere.

    ``IntegrityError`` where one does not.
    """
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)
    connection.check_constraints()
