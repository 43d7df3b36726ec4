"""Export practices to JSON Lines or a table."""

from __future__ import annotations

from clavet.library.commands import ExportRecords
from practices.models import Practice


class Command(ExportRecords):
    """``export_practices FILE``: everything that the public may read, with attachments beside it."""

    help = (
        "Exports all public practices to a JSON Lines file (docs/interchange.md), attachments into FILE.files; "
        "or to a CSV or XLSX file, without attachments."
    )
    kind = "practices"
    model = Practice
