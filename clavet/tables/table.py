"""A table as all formats have it: headings, and rows of cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

Cell = str | int | None

# What stands between several values in one cell. Commas stand in texts, and semicolons between the columns of a CSV
# file in half of Europe, where the cell is quoted then.
SEPARATOR = "; "

# A spreadsheet takes such a text for a formula. A text that begins with apostrophes before it gets one more, so that
# what is read is always what was written.
LOOKS_LIKE_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
PLAIN_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


@dataclass
class Table:
    """``headings`` name the columns; each row has as many cells. ``numbers`` are those of the rows in the file, the row
    of headings being 1; ``formulas`` the places (row, column from 0) of cells that a program worked out."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    numbers: Sequence[int] = ()
    formulas: set[tuple[int, int]] = field(default_factory=set)


def guarded(text: str) -> str:
    """``text`` so that no spreadsheet runs it: with an apostrophe in front where it could be taken for a formula."""
    if LOOKS_LIKE_FORMULA.match(text) and not PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given."""
    if text.startswith("'") and LOOKS_LIKE_FORMULA.match(text):
        return text[1:]
    return text


def several(values: Sequence[object]) -> str:
    """Several values as one cell."""
    return SEPARATOR.join(str(value) for value in values)


def column_letters(index: int) -> str:
    """What a spreadsheet calls the column at ``index``, from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
