"""What `backup` does."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import django
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from clavet.operations.backups import archive, files, rows
from clavet.operations.readiness import latest_migrations


def make(path: Path) -> dict[str, Any]:
    """Writes the whole portal into a new archive at ``path``; returns its manifest.

    Visitors and editors go on meanwhile: the rows are those of one moment. Files are taken afterwards, for a file is
    there before the row that names it. ``OSError`` where the archive cannot be written.
    """
    with archive.written(path) as writer:
        counts: Counter[str] = Counter()
        with tempfile.TemporaryFile() as stream:
            with rows.snapshot():
                for label, line in rows.dump():
                    counts[label] += 1
                    stream.write(line.encode() + b"\n")
            size = stream.tell()
            stream.seek(0)
            writer.add(archive.ROWS, stream, size)
        names = list(files.stored_names())
        for name in names:
            with default_storage.open(name) as stream:
                writer.add(archive.FILES + name, stream, default_storage.size(name))
        writer.manifest |= {
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "made_on": connection.vendor,
            "django": django.get_version(),
            "migrations": sorted(map(list, latest_migrations())),
            # The first line of each table names its columns.
            "rows": {label: count - 1 for label, count in sorted(counts.items()) if count > 1},
            "files": len(names),
        }
    return writer.manifest
