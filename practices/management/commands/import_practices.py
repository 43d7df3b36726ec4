"""Import practices from JSON Lines or a table."""

from __future__ import annotations

from clavet.library.commands import ImportRecords
from practices.models import Practice


class Command(ImportRecords):
    """``import_practices FILE``: all or nothing."""

    help = "Imports practices from JSON Lines, CSV or XLSX (docs/interchange.md). One error, and nothing is imported."
    kind = "practices"
    model = Practice
