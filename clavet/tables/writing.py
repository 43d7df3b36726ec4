"""Writing tables. Both formats hold the same cells, so that a file may be turned into the other by any spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import BytesIO, StringIO

import xlsxwriter

from clavet.tables.kinds import Kind, explained
from clavet.tables.table import Cell, Table, guarded

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WIDTHS = (8, 60)
# The names of the sheets are the same in every language.
SHEET, NOTES = "CLAVET", "Columns"


def safe(cell: Cell) -> Cell:
    """A cell that no spreadsheet runs."""
    return guarded(cell) if isinstance(cell, str) else cell


def to_csv(table: Table) -> bytes:
    """UTF-8 with a byte order mark, without which spreadsheets take it for the code page of their country."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(table.headings)
    writer.writerows([["" if cell is None else safe(cell) for cell in row] for row in table.rows])
    return stream.getvalue().encode("utf-8-sig")


def to_xlsx(table: Table, notes: Table | None = None) -> bytes:
    """One sheet with the headings in bold, which stay in sight; ``notes`` are a second one."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for name, content in ((SHEET, table), (NOTES, notes)):
            if content is not None:
                write_sheet(book.add_worksheet(name), content, bold)
    return stream.getvalue()


def write_sheet(sheet: xlsxwriter.worksheet.Worksheet, table: Table, bold: object) -> None:
    """Fill a sheet."""
    sheet.freeze_panes(1, 1)
    for column, heading in enumerate(table.headings):
        sheet.write_string(0, column, heading, bold)
        longest = max((len(str(row[column])) for row in table.rows[:50] if row[column] is not None), default=0)
        sheet.set_column(column, column, min(WIDTHS[1], max(WIDTHS[0], len(heading) + 2, longest)))
    for number, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell)
            elif cell:
                sheet.write_string(number, column, guarded(cell))


def explained_xlsx(table: Table, kind: Kind) -> bytes:
    """A table to fill in, with what its columns mean on a second sheet."""
    return to_xlsx(table, explained(kind.columns()))


WRITERS: dict[str, Callable[[Table], bytes]] = {"csv": to_csv, "xlsx": to_xlsx}
