"""Reading XLSX. The package is unfolded here first, within limits, and looked through before a library sees it: what
it reads is a rectangle, and one cell in the last corner of a sheet makes it seventeen thousand million cells."""

from __future__ import annotations

import datetime
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from clavet.tables import limits
from clavet.tables.findings import Finding, TableRefused, refused
from clavet.tables.table import Table, column_letters

# What a workbook consists of, as far as it is read: no pictures, no macros, nothing embedded.
PARTS = re.compile(r"(\[Content_Types\]\.xml|(_rels/|xl/).*\.(xml|rels))", re.IGNORECASE)
PLACES = re.compile(rb"""\br\s*=\s*["']\s*\$?([A-Za-z]*)\$?(\d+)\s*["']""")
CELLS = re.compile(rb"[<:]c[\s/>]")
ROWS = re.compile(rb"[<:]row[\s/>]")
FORMULAS = re.compile(rb"""<(?:\w+:)?c\b([^<>]*[^<>/])>\s*<(?:\w+:)?f\b""")
SHEETS = re.compile(rb"<(?:\w+:)?sheet\b[^<>]*>")
RELATIONS = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
ATTRIBUTE = rb"""\b%s\s*=\s*["']([^"']*)["']"""
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError, OSError, NotImplementedError,
)  # fmt: skip
CHUNK = 1 << 20


def read_xlsx(content: bytes) -> Table:
    """The cells of the first sheet that can be seen, with the places of its formulas."""
    try:
        parts = unfolded(content)
    except BROKEN as error:
        raise not_a_workbook() from error
    check_places(parts)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(packed(parts))) as book:
            sheets = (
                index
                for index, sheet in enumerate(book.sheets_metadata)
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
            )
            index = next(sheets, None)
            if index is None:
                raise not_a_workbook()
            sheet = book.get_sheet_by_index(index)
            check_merged(sheet)
            rows = [[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, ValueError, OSError) as error:
        raise not_a_workbook() from error
    except BaseException as error:
        # What the library itself gives up on comes as one that is no ``Exception``.
        if type(error).__name__ != "PanicException":
            raise
        raise not_a_workbook() from error
    return Table([], rows, range(1, len(rows) + 1), set(formulas(parts, index)))


def not_a_workbook() -> TableRefused:
    """The package is none of a spreadsheet."""
    return refused(_("This file cannot be read as a spreadsheet. Please save it again as XLSX, without a password."))


def unfolded(content: bytes) -> dict[str, bytes]:
    """The parts of the package by name. What they say of their own size is not believed."""
    left = limits.MOST_UNPACKED
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(BytesIO(content)) as archive:
        members = archive.infolist()
        if len(members) > limits.MOST_MEMBERS:
            raise refused(_("This file unfolds to too much."))
        for member in members:
            if not PARTS.fullmatch(member.filename):
                continue
            with archive.open(member) as stream:
                pieces = []
                while piece := stream.read(CHUNK):
                    left -= len(piece)
                    if left < 0:
                        raise refused(_("This file unfolds to too much."))
                    pieces.append(piece)
            parts[member.filename] = b"".join(pieces)
    return parts


def packed(parts: dict[str, bytes]) -> bytes:
    """A package of exactly these parts, so that what is read is what was looked at."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def check_places(parts: dict[str, bytes]) -> None:
    """Refuse sheets whose rectangle is too large, counted from what they say and from what they leave unsaid."""
    for part in parts.values():
        if b"\x00" in part:
            # XML in UTF-16: no spreadsheet writes it, and the patterns here would not see what it says.
            raise not_a_workbook()
        # Rows and cells that say no place follow the one before.
        columns, rows, said = 0, 0, [0, 0]
        for letters, number in PLACES.findall(part):
            if len(letters) > 3 or len(number) > 7:
                raise refused(_("This table is too large."))
            columns = max(columns, index_of(letters))
            rows = max(rows, int(number))
            said[bool(letters)] += 1
        rows += max(0, len(ROWS.findall(part)) - said[0])
        columns += max(0, len(CELLS.findall(part)) - said[1])
        if columns > limits.MOST_COLUMNS:
            raise refused(_("This table has too many columns (at most %(most)d).") % {"most": limits.MOST_COLUMNS})
        if columns * rows > limits.MOST_CELLS:
            raise refused(_("This table is too large."))


def index_of(letters: bytes) -> int:
    """The number of a column, from 1; 0 for none."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def check_merged(sheet: CalamineSheet) -> None:
    """Refuse merged cells: which of the rows or columns that they lie across they belong to, nobody can tell."""
    found = [
        Finding(row + 1, "", _("Cells are merged here. Please undo that."), column_letters(column))
        for (row, column), _end in sheet.merged_cell_ranges or ()
    ]
    if found:
        raise TableRefused(found[:100])


def formulas(parts: dict[str, bytes], index: int) -> Iterator[tuple[int, int]]:
    """The cells of the sheet at ``index`` of the book that hold formulas: row from 1, column from 0."""
    for attributes in FORMULAS.findall(parts.get(path_of_sheet(parts, index), b"")):
        place = PLACES.search(b" " + attributes)
        if place:
            yield int(place[2]), index_of(place[1]) - 1


def path_of_sheet(parts: dict[str, bytes], index: int) -> str:
    """The name of the part that a sheet is in; empty where the book does not say it in the usual way."""
    sheets = SHEETS.findall(parts.get("xl/workbook.xml", b""))
    wanted = attribute(sheets[index], b"id") if index < len(sheets) else b""
    for relation in RELATIONS.findall(parts.get("xl/_rels/workbook.xml.rels", b"")):
        if wanted and attribute(relation, b"Id") == wanted:
            target = attribute(relation, b"Target").decode("utf-8", "replace")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def attribute(tag: bytes, name: bytes) -> bytes:
    """The value of an attribute in a tag; empty if it has none."""
    found = re.search(ATTRIBUTE % name, tag)
    return found[1] if found else b""


def plain(cell: Any) -> str:
    """A cell as a person would write it: whole numbers without a point, days as 2026-03-01."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(sep=" ")
    return str(cell)
