"""What is wrong with a table: in which row, in which column, and why, in the language of whoever asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, order=True)
class Finding:
    """``row`` as a spreadsheet numbers it (0 for the file as a whole), ``column`` by its heading."""

    row: int
    column: str
    why: str
    letter: str = ""

    @property
    def place(self) -> str:
        """The column as a spreadsheet calls it, with its heading."""
        return f"{self.letter} ({self.column})" if self.letter and self.column else self.letter or self.column

    def __str__(self) -> str:
        if not self.row:
            return self.why
        if not self.place:
            return _("Row %(row)d: %(why)s") % {"row": self.row, "why": self.why}
        return _("Row %(row)d, column %(column)s: %(why)s") % {
            "row": self.row,
            "column": self.place,
            "why": self.why,
        }


class TableRefused(Exception):
    """Nothing was imported; ``findings`` says why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = sorted(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def refused(why: str) -> TableRefused:
    """The file as a whole cannot be read."""
    return TableRefused([Finding(0, "", why)])
