"""How large a table may be. Beyond these a file is a mistake or an attack."""

from __future__ import annotations

MEGABYTE = 1024 * 1024
# The file as it is sent, and what it unfolds to.
MOST_BYTES = 10 * MEGABYTE
MOST_UNPACKED = 150 * MEGABYTE
MOST_MEMBERS = 1000
MOST_COLUMNS = 1000
# Empty ones between others included: a spreadsheet is read as a rectangle.
MOST_CELLS = 4_000_000
