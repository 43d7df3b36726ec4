"""Make ``outlines.json`` from Natural Earth's shapefile: ``python make_outlines.py folder/naturalearth_lowres``.

Needs nothing but Python. Keeps what lies on a map of Europe, with two decimals of a degree.
"""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

Ring = list[tuple[float, float]]

# West, south, east, north of what a map of Europe can show, in degrees.
WEST, SOUTH, EAST, NORTH = -32.0, 22.0, 62.0, 75.0
ALPHA_2 = {
    "ALB": "AL", "ARM": "AM", "AUT": "AT", "AZE": "AZ", "BEL": "BE", "BGR": "BG", "BIH": "BA", "BLR": "BY",
    "CHE": "CH", "CYP": "CY", "CZE": "CZ", "DEU": "DE", "DNK": "DK", "DZA": "DZ", "EGY": "EG", "ESP": "ES",
    "EST": "EE", "FIN": "FI", "GBR": "GB", "GEO": "GE", "GRC": "GR", "HRV": "HR", "HUN": "HU", "IRL": "IE",
    "IRN": "IR", "IRQ": "IQ", "ISL": "IS", "ISR": "IL", "ITA": "IT", "JOR": "JO", "KAZ": "KZ", "KWT": "KW",
    "LBN": "LB", "LBY": "LY", "LTU": "LT", "LUX": "LU", "LVA": "LV", "MAR": "MA", "MDA": "MD", "MKD": "MK",
    "MNE": "ME", "NLD": "NL", "POL": "PL", "PRT": "PT", "PSE": "PS", "QAT": "QA", "ROU": "RO", "RUS": "RU",
    "SAU": "SA", "SRB": "RS", "SVK": "SK", "SVN": "SI", "SWE": "SE", "SYR": "SY", "TKM": "TM", "TUN": "TN",
    "TUR": "TR", "UKR": "UA", "UZB": "UZ",
}  # fmt: skip
# Those to whom Natural Earth gives no code.
BY_NAME = {"France": "FR", "Norway": "NO", "Kosovo": "XK", "N. Cyprus": "CY"}


def names(path: Path) -> list[tuple[str, str]]:
    """Name and ISO 3166-1 alpha-3 of each row of a dBASE file."""
    data = path.read_bytes()
    count, header, length = struct.unpack_from("<IHH", data, 4)
    fields, place = {}, 1
    for start in range(32, header - 1, 32):
        name = data[start : start + 11].split(b"\0")[0].decode()
        fields[name] = (place, data[start + 16])
        place += data[start + 16]
    found = []
    for number in range(count):
        row = data[header + number * length : header + (number + 1) * length]
        values = [row[at : at + size].decode("latin-1").strip() for at, size in (fields["name"], fields["iso_a3"])]
        found.append((values[0], values[1]))
    return found


def shapes(path: Path) -> Iterator[list[Ring]]:
    """The rings of each polygon of a shapefile."""
    data, at = path.read_bytes(), 100
    while at < len(data):
        (words,) = struct.unpack_from(">i", data, at + 4)
        parts, points = struct.unpack_from("<ii", data, at + 8 + 36)
        starts = [*struct.unpack_from(f"<{parts}i", data, at + 8 + 44), points]
        numbers = struct.unpack_from(f"<{2 * points}d", data, at + 8 + 44 + 4 * parts)
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        yield [pairs[first:last] for first, last in pairwise(starts)]
        at += 8 + 2 * words


def clipped(ring: Ring) -> Ring:
    """What of a ring lies in the window (Sutherland and Hodgman)."""
    for axis, edge, sign in ((0, WEST, 1), (0, EAST, -1), (1, SOUTH, 1), (1, NORTH, -1)):
        kept: Ring = []
        for before, here in zip([ring[-1], *ring[:-1]], ring, strict=True) if ring else ():
            inside, was_inside = (sign * (point[axis] - edge) >= 0 for point in (here, before))
            if inside != was_inside:
                share = (edge - before[axis]) / (here[axis] - before[axis])
                other = before[1 - axis] + share * (here[1 - axis] - before[1 - axis])
                kept.append((edge, other) if axis == 0 else (other, edge))
            if inside:
                kept.append(here)
        ring = kept
    return ring


def outlines(folder: Path) -> dict[str, list[list[list[float]]]]:
    """By country its rings in degrees, longitude first."""
    found: dict[str, list[list[list[float]]]] = {}
    for (name, alpha_3), rings in zip(
        names(folder / f"{folder.name}.dbf"), shapes(folder / f"{folder.name}.shp"), strict=True
    ):
        code = BY_NAME.get(name) or ALPHA_2.get(alpha_3)
        for ring in rings if code else ():
            kept = clipped(ring[:-1])
            if len(kept) > 2:
                found.setdefault(code, []).append([[round(x, 2), round(y, 2)] for x, y in kept])
    return dict(sorted(found.items()))


if __name__ == "__main__":
    made = {"source": "Natural Earth, 1:110m Cultural Vectors, public domain", "countries": outlines(Path(sys.argv[1]))}
    target = Path(__file__).with_name("outlines.json")
    target.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8")
