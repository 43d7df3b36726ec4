"""Import fiches from JSON Lines or a table."""

from __future__ import annotations

from clavet.library.commands import ImportRecords
from fiches.models import Fiche


class Command(ImportRecords):
    """``import_fiches FILE``: all or nothing."""

    help = (
        "Imports fiches from a JSON Lines, CSV or XLSX file (docs/interchange.md). One error, and nothing is imported."
    )
    kind = "fiches"
    model = Fiche
