"""What coordinators do with tables: send one in, see what it would do, import it. Each checks who may."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from clavet.publishing.actors import Actor, account, require
from clavet.publishing.errors import WrongState
from clavet.publishing.files import safe_name
from clavet.tables.importing import dry_run, import_table
from clavet.tables.kinds import KINDS, Kind, Plan
from clavet.tables.models import Upload
from clavet.tables.reading import read_table


def send(kind: Kind, content: bytes, name: str, *, actor: Actor) -> Upload:
    """Keep a table until it is imported. ``NotAllowed``; ``TableRefused`` for a file that is none."""
    require("tables.send", actor, None)
    read_table(content, name, most_rows=kind.most_rows)
    return Upload.objects.create(
        kind=kind.name,
        name=safe_name(name),
        content=content,
        uploaded_by=account(actor),
        uploaded_at=timezone.now(),
    )


def look(upload: Upload, *, actor: Actor) -> Plan:
    """What the import of a table would do now. ``NotAllowed``; ``WrongState`` where it is done already."""
    require("tables.read", actor, upload)
    check_waiting(upload)
    kind = KINDS[upload.kind]
    return dry_run(kind, bytes(upload.content), upload.name, **kind.for_people)


@transaction.atomic
def confirm(upload: Upload, *, actor: Actor) -> Upload:
    """Import a table. ``NotAllowed``; ``WrongState`` where it is done already; ``TableRefused`` with what is wrong."""
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    require("tables.confirm", actor, upload)
    check_waiting(upload)
    kind = KINDS[upload.kind]
    plan = import_table(kind, bytes(upload.content), upload.name, actor=actor, **kind.for_people)
    upload.new, upload.changed, upload.unchanged = plan.new, plan.changed, plan.unchanged
    upload.done_by, upload.done_at = account(actor), timezone.now()
    upload.content = b""
    upload.save()
    return upload


def check_waiting(upload: Upload) -> None:
    """Refuse to go on with what is done."""
    if upload.done_at is not None:
        raise WrongState("the table is imported already")


def forget_old(now: datetime.datetime | None = None) -> int:
    """Erase tables that nobody has imported in time; returns how many."""
    erased, _by_model = Upload.objects.past_retention(now or timezone.now()).delete()
    return erased
