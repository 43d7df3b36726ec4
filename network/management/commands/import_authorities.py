"""Import authorities from a table."""

from __future__ import annotations

from clavet.tables.commands import ImportTable


class Command(ImportTable):
    """``import_authorities FILE``: CSV or XLSX, all or nothing."""

    help = "Makes and updates authorities from a CSV or XLSX file (docs/interchange.md). One error, and nothing is."
    kind = "authorities"
