"""Facets: how lists are narrowed down, and how many records each value would leave.

Within a facet values are alternatives, between facets all must hold. The count beside a value says how many records
are left by it under the choices made in the *other* facets. Sets of records are bitmaps (``clavet.search.positions``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import QueryDict
from pyroaring import BitMap

from clavet.publishing.models import Record, Translation
from clavet.publishing.models.revisions import Part
from clavet.publishing.registry import KINDS
from clavet.search import facet_store
from clavet.search.facet_store import Positions
from clavet.search.matching import READABLE
from clavet.search.positions import position_of, union
from clavet.vocabulary.tree import Tree, read_tree

# Facets that no reader chooses: the prefix of a record's code, and the day on which its facts want confirming.
ROOM, REVIEW_BY = "room", "review_by"
COLUMNS = (
    "code_id", "source_language", "topic_order", "phases", "sectors", "target_groups", "governance_level", "countries",
    "review_by",
)  # fmt: skip

Values = dict[str, set[str]]

# Rows that are read at once.
CHUNK = 2000


def values_of(row: Mapping[str, Any], translated: Iterable[tuple[str, str]], tree: Tree) -> Values:
    """Every facet of a public record with its values; topics with all that are broader.

    ``row`` holds ``COLUMNS``; ``translated`` are the languages with a translation, and its part.
    """
    return {
        ROOM: {row["code_id"][:2]},
        REVIEW_BY: {row["review_by"].isoformat()} if row["review_by"] else set(),
        "topic": tree.with_ancestors(row["topic_order"]),
        "phase": set(row["phases"]),
        "sector": set(row["sectors"]),
        "target": set(row["target_groups"]),
        "level": {row["governance_level"]} if row["governance_level"] else set(),
        "country": set(row["countries"]),
        "language": {row["source_language"], *(language for language, part in translated if part == Part.FULL)},
        READABLE: {row["source_language"], *(language for language, _part in translated)},
    }


def rows_of(model: type[Record], codes: Sequence[str] | None = None) -> Iterator[tuple[str, Values]]:
    """The codes of the public records of a kind (all of them, or those among ``codes``), each with its facets."""
    tree = read_tree("en")
    rows = model.objects.visible_to().order_by("code_id").values(*COLUMNS, *model.facet_columns)
    current = Translation.objects.current()
    if codes is not None:
        rows, current = rows.filter(code_id__in=codes), current.filter(code_id__in=codes)
    translated: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, language, part in current.values_list("code_id", "language", "part"):
        translated[code].append((language, part))
    several = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(several, CHUNK)):
        more = model.more_facets(chunk)
        for row in chunk:
            values = values_of(row, translated.get(row["code_id"], ()), tree)
            yield row["code_id"], values | more.get(row["code_id"], {})


def lay_out(codes: Sequence[str]) -> None:
    """Write down the facets of records: all of them of those that are published, none of those that are not."""
    found: dict[str, Values] = {}
    for prefix in sorted({code[:2] for code in codes}):
        if prefix in KINDS:
            found |= rows_of(KINDS[prefix], codes)
    facet_store.write({position_of(code): found.get(code, {}) for code in codes})


def of_room(positions: Positions, prefix: str) -> BitMap:
    """All public records of one kind."""
    return positions.get(ROOM, {}).get(prefix, BitMap())


@dataclass(frozen=True)
class Selection:
    """What a reader has chosen: per facet the values that exist, in the order asked for."""

    chosen: Mapping[str, tuple[str, ...]]

    def without(self, name: str) -> Selection:
        """The same without the choices of one facet."""
        return Selection({key: values for key, values in self.chosen.items() if key != name})

    def narrow(self, records: BitMap, positions: Positions) -> BitMap:
        """Those of ``records`` that have one of the chosen values in every facet with a choice."""
        for name, values in self.chosen.items():
            here = positions.get(name, {})
            records = records & union([here[value] for value in values if value in here])
        return records


def read_selection(query: QueryDict, known: Mapping[str, Iterable[str]]) -> Selection:
    """The selection in a query string. What is not a known value of a known facet is passed over: addresses age."""
    chosen = {}
    for name, values in known.items():
        allowed = set(values)
        wanted = tuple(dict.fromkeys(value for value in query.getlist(name) if value in allowed))
        if wanted:
            chosen[name] = wanted
    return Selection(chosen)


def count(
    records: BitMap, positions: Positions, selection: Selection, names: Iterable[str]
) -> dict[str, dict[str, int]]:
    """For each facet in ``names`` how many of ``records`` each value would leave; values that leave none are absent."""
    narrowed = selection.narrow(records, positions)
    counts = {}
    for name in names:
        left = selection.without(name).narrow(records, positions) if name in selection.chosen else narrowed
        numbers = {value: left.intersection_cardinality(those) for value, those in positions.get(name, {}).items()}
        counts[name] = {value: number for value, number in numbers.items() if number}
    return counts
