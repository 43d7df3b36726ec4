"""What `restore` does: all of the archive, or nothing."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command, get_commands
from django.db import IntegrityError, transaction

from clavet.operations.alone import alone
from clavet.operations.backups import archive, files, rows
from clavet.operations.readiness import latest_migrations


class RestoreRefused(Exception):
    """Why nothing was restored."""


def restore(path: Path, *, replace: bool = False) -> dict[str, Any]:
    """Puts the archive at ``path`` in the place of an empty portal, or with ``replace`` of any; returns its manifest.

    ``RestoreRefused`` for a damaged archive, one made by other code, or a portal that is not empty; then, and after
    any other error, the portal is as it was.
    """
    with alone("start"):
        try:
            with archive.opened(path) as contents:
                _refuse_other_code(contents.manifest)
                call_command("migrate", interactive=False, verbosity=0)
                _put(contents, replace=replace)
        except archive.ArchiveRefused as refusal:
            raise RestoreRefused(str(refusal)) from refusal
    if replace:
        files.remove_others(set(contents.files))
    if "reindex" in get_commands():
        call_command("reindex")
    return contents.manifest


def _refuse_other_code(manifest: dict[str, Any]) -> None:
    theirs = {tuple(migration) for migration in manifest["migrations"]}
    differing = sorted(".".join(migration) for migration in theirs ^ latest_migrations())
    if differing:
        raise RestoreRefused(
            f"The archive was made by other code (these migrations differ: {', '.join(differing)}). "
            "Restore it with the code that made it, then start the newer code, which brings the database along."
        )


def _put(contents: archive.Contents, *, replace: bool) -> None:
    """Rows and files in one transaction; files that were replaced come back if it fails."""
    try:
        with tempfile.TemporaryDirectory(prefix="clavet-replaced-") as kept, ExitStack() as undo:
            with transaction.atomic():
                if not replace and not rows.is_empty():
                    raise RestoreRefused("This portal is not empty. To put the archive in its place: --replace")
                rows.clear()
                with contents.rows.open(encoding="utf-8") as lines:
                    loaded = rows.load(lines)
                if loaded != sum(contents.manifest["rows"].values()):
                    raise ValueError(f"the manifest counts other rows than the {loaded} that are there")
                rows.settle()
                files.put_back(contents.files, undo, Path(kept))
            # Committed: there is nothing to undo any more.
            undo.pop_all()
    except (IntegrityError, LookupError, ValueError) as error:
        raise RestoreRefused(f"The rows of the archive do not fit: {error}") from error
    ContentType.objects.clear_cache()
