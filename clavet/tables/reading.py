"""Reading a table that somebody sends in: any bytes at all become a table, or a reason why they do not."""

from __future__ import annotations

import csv
import re
from io import StringIO
from itertools import islice

from django.utils.translation import gettext as _

from clavet.publishing.fields import ending
from clavet.tables import limits
from clavet.tables.findings import Finding, TableRefused, refused
from clavet.tables.table import Table, column_letters, unguarded
from clavet.tables.xlsx import read_xlsx

ENDINGS = ("csv", "tsv", "txt", "xlsx")
PACKED = b"PK\x03\x04"
# What old spreadsheets and those with a password begin with (Compound File Binary).
COMPOUND = b"\xd0\xcf\x11\xe0"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ",;\t|"
QUOTED = re.compile(r'"[^"]*"')
DECLARED = re.compile(r"sep=([,;\t|])")
UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def read_table(content: bytes, name: str, *, most_rows: int) -> Table:
    """The table in ``content``, a file that calls itself ``name``, with headings in lower case.

    Raises ``TableRefused`` for what is no table, or one with more than ``most_rows`` below its headings.
    """
    if not content:
        raise refused(_("This file is empty."))
    if len(content) > limits.MOST_BYTES:
        raise refused(_("This file is larger than %(size)d MB.") % {"size": limits.MOST_BYTES // limits.MEGABYTE})
    kind = ending(name)
    if kind not in ENDINGS or content.startswith(COMPOUND):
        raise refused(_("Please save the table as CSV or XLSX, without a password."))
    if (kind == "xlsx") != content.startswith(PACKED):
        raise refused(_("The content of this file does not match its name."))
    sheet = read_xlsx(content) if kind == "xlsx" else read_csv(content)
    return tidy(sheet, most_rows)


def read_csv(content: bytes) -> Table:
    """The cells of a CSV file, whatever stands between them."""
    text = decoded(content)
    declared = DECLARED.match(text)
    if declared:
        text = text[declared.end() :].lstrip("\r\n")
    delimiter = declared[1] if declared else delimiter_of(text)
    csv.field_size_limit(limits.MOST_BYTES)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(row)
            cells += len(row)
            check_size(len(row), cells)
    except csv.Error as error:
        why = _("Quotation marks do not match here, or a cell does not end.")
        raise TableRefused([Finding(len(rows) + 1 + bool(declared), "", why)]) from error
    first = 2 if declared else 1
    return Table([], rows, range(first, first + len(rows)))


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 if it says so itself. Nothing is guessed: Greek, Turkish and western
    code pages use the same bytes for different letters."""
    try:
        if content.startswith(UTF_16):
            return content.decode("utf-16")
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        why = _("This file is not in UTF-8. Please save it as “CSV UTF-8”, or as XLSX.")
        raise TableRefused([Finding(line, "", why)]) from error
    if text.lstrip()[:1] == "<" or text[:2] == "MZ" or text[:5] == "%PDF-":
        raise refused(_("The content of this file does not match its name."))
    return text


def delimiter_of(text: str) -> str:
    """What stands between the headings most often, quoted text apart."""
    first = QUOTED.sub("", text.lstrip("\r\n").partition("\n")[0])
    return max(DELIMITERS, key=first.count)


def check_size(columns: int, cells: int) -> None:
    """Refuse a table that is too wide or too large."""
    if columns > limits.MOST_COLUMNS:
        raise refused(_("This table has too many columns (at most %(most)d).") % {"most": limits.MOST_COLUMNS})
    if cells > limits.MOST_CELLS:
        raise refused(_("This table is too large."))


def tidy(sheet: Table, most_rows: int) -> Table:
    """The same with its headings read, without empty rows and columns; ``TableRefused`` for cells that are none."""
    filled = [(number, row) for number, row in zip(sheet.numbers, sheet.rows, strict=True) if any(map(said, row))]
    if not filled:
        raise refused(_("This file is empty."))
    number_of_headings, first = filled[0]
    headings = [heading_of(str(cell)) for cell in first]
    while headings and not headings[-1]:
        headings.pop()
    body = filled[1:]
    if not body:
        raise refused(_("This table has headings, and nothing below them."))
    if len(body) > most_rows:
        raise refused(_("This table has too many rows (at most %(most)d).") % {"most": most_rows})
    findings = list(islice(cell_problems(headings, number_of_headings, body, sheet.formulas), 1000))
    if findings:
        raise TableRefused(findings)
    width = len(headings)
    rows = [[unguarded(str(cell).strip()) for cell in [*row, *[""] * width][:width]] for _number, row in body]
    return Table(headings, rows, [number for number, _row in body])


def said(cell: object) -> bool:
    """Whether a cell holds anything."""
    return cell not in ("", None) and bool(str(cell).strip())


def heading_of(cell: str) -> str:
    """A heading as columns are named: ``Own name`` is ``own_name``."""
    return "_".join(unguarded(cell.strip()).casefold().split())


def cell_problems(headings: list[str], top: int, body: list, formulas: set[tuple[int, int]]):
    """Cells that cannot be kept, that belong to no column, or that a program works out."""
    seen: dict[str, int] = {}
    for index, heading in enumerate(headings):
        letter = column_letters(index)
        if UNKEEPABLE.search(heading):
            yield Finding(top, "", _("This text holds characters that cannot be shown."), letter)
        elif heading and heading in seen:
            yield Finding(top, heading, _("This heading stands twice."), letter)
        seen[heading] = index
    for number, row in body:
        for index, cell in enumerate(row):
            heading = headings[index] if index < len(headings) else ""
            if (number, index) in formulas:
                why = _("This cell holds a formula. Please put in what it gives.")
                yield Finding(number, heading, why, column_letters(index))
            elif not said(cell):
                continue
            elif not heading:
                yield Finding(number, "", _("This cell stands below no heading."), column_letters(index))
            elif isinstance(cell, str) and UNKEEPABLE.search(cell):
                why = _("This text holds characters that cannot be shown.")
                yield Finding(number, heading, why, column_letters(index))
