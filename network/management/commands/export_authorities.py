"""Export authorities to a table."""

from __future__ import annotations

from clavet.tables.commands import ExportTable


class Command(ExportTable):
    """``export_authorities FILE``: CSV or XLSX."""

    help = "Exports all authorities to a CSV or XLSX file (docs/interchange.md)."
    kind = "authorities"
