"""Export fiches to JSON Lines or a table."""

from __future__ import annotations

from clavet.library.commands import ExportRecords
from fiches.models import Fiche


class Command(ExportRecords):
    """``export_fiches FILE``: everything that the public may read, with attachments beside it."""

    help = (
        "Exports all public fiches to a JSON Lines file (docs/interchange.md), attachments into FILE.files; "
        "or to a CSV or XLSX file, without attachments."
    )
    kind = "fiches"
    model = Fiche
