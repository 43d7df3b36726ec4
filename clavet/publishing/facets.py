"""Facets: how lists are narrowed down, and how many records each value would leave.

Within a facet values are alternatives, between facets all must hold. The count beside a value says how many records
are left by it under the choices made in the *other* facets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import QueryDict

from clavet.publishing.models import Record, Translation
from clavet.publishing.models.revisions import Part
from clavet.vocabulary.tree import Tree, read_tree

# So many records are laid out at once where all are.
BATCH = 1000


def values_of(record: Record) -> dict[str, set[str]]:
    """Every facet of ``record`` with its values; topics with all that are broader."""
    translated = Translation.objects.current().filter(code_id=record.code_id, part=Part.FULL)
    return values(record, read_tree("en"), translated.values_list("language", flat=True))


def values(record: Record, tree: Tree, translated: Iterable[str]) -> dict[str, set[str]]:
    """The same of a record whose full translations are known to be those in ``translated``."""
    return {
        "kind": {record.kind} if getattr(record, "kind", "") else set(),
        "topic": tree.with_ancestors(record.topic_order),
        "phase": set(record.phases),
        "sector": set(record.sectors),
        "target": set(record.target_groups),
        "level": {record.governance_level} if record.governance_level else set(),
        "country": set(record.countries),
        "language": {record.source_language, *translated},
    }


def batched(records: Iterator[Record], size: int) -> Iterator[list[Record]]:
    """``records`` in lists of ``size``, the last one perhaps shorter."""
    while batch := list(islice(records, size)):
        yield batch


def lay_out(record: Record) -> None:
    """Write the facet rows of ``record`` anew: all of them if it is published, none if it is not."""
    rows = record.facet_rows.model
    record.facet_rows.all().delete()
    if record.status != Record.Status.PUBLISHED:
        return
    rows.objects.bulk_create(
        rows(record=record, name=name, value=value)
        for name, values in values_of(record).items()
        for value in sorted(values)
    )


@transaction.atomic
def lay_out_all(model: type[Record]) -> None:
    """The same for all records of a kind, anew, in bulk."""
    rows = model._meta.get_field("facet_rows").related_model
    rows.objects.all().delete()
    published = model.objects.filter(status=Record.Status.PUBLISHED).order_by("code_id")
    names = {"code_id", "source_language", "topic_order", "phases", "sectors", "target_groups", "governance_level"}
    names |= {"countries"} | ({"kind"} if hasattr(model, "kind") else set())
    tree = read_tree("en")
    for batch in batched(published.only(*names).iterator(BATCH), BATCH):
        translated = defaultdict(list)
        known = Translation.objects.current().filter(code__in=[record.code_id for record in batch], part=Part.FULL)
        for code, language in known.values_list("code_id", "language"):
            translated[code].append(language)
        rows.objects.bulk_create(
            rows(record=record, name=name, value=value)
            for record in batch
            for name, found in values(record, tree, translated[record.code_id]).items()
            for value in sorted(found)
        )


@dataclass(frozen=True)
class Selection:
    """What a reader has chosen: per facet the values that exist, in the order asked for."""

    chosen: Mapping[str, tuple[str, ...]]

    def without(self, name: str) -> Selection:
        """The same without the choices of one facet."""
        return Selection({key: values for key, values in self.chosen.items() if key != name})

    def narrow(self, records: QuerySet, rows: QuerySet) -> QuerySet:
        """``records`` that have one of the chosen values in every facet with a choice."""
        for name, values in self.chosen.items():
            records = records.filter(Exists(rows.filter(record=OuterRef("pk"), name=name, value__in=values)))
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


def count(records: QuerySet, rows: QuerySet, selection: Selection, names: Iterable[str]) -> dict[str, dict[str, int]]:
    """For each facet in ``names`` how many of ``records`` each value would leave.

    One query for all facets without a choice, one more for each facet with one.
    """
    names = list(names)
    counts: dict[str, dict[str, int]] = {name: defaultdict(int) for name in names}
    free = [name for name in names if name not in selection.chosen]
    _tally(counts, selection.narrow(records, rows), rows, free)
    for name in selection.chosen:
        if name in counts:
            _tally(counts, selection.without(name).narrow(records, rows), rows, [name])
    return counts


def _tally(counts: dict[str, dict[str, int]], records: QuerySet, rows: QuerySet, names: list[str]) -> None:
    found = (
        rows.filter(record__in=records.order_by().values("pk"), name__in=names)
        .order_by()
        .values_list("name", "value")
        .annotate(number=Count("pk"))
    )
    for name, value, number in found:
        counts[name][value] = number
