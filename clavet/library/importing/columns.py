"""The columns of records: texts and what is neutral under their names, rows that hang on a record numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clavet.library.interchange import Entry
from clavet.publishing.documents import Document
from clavet.publishing.models import Version
from clavet.publishing.models.revisions import Method
from clavet.publishing.shape import ChildSpec, Shape
from clavet.tables.kinds import Column
from clavet.tables.table import Cell, several
from clavet.tables.values import by_words, column_of, value_of

FIRST = ("record", "language")
ABOUT = ("method", "translator")
# Files do not fit into cells: attachments stay as they are.
LEFT_OUT = frozenset({"attachments"})
# So many numbered columns a template has of each kind of row; more may be added.
IN_TEMPLATE = 3
Rows = Mapping[str, tuple[int, dict[str, str]]]


def numbered(child: ChildSpec, number: int, name: str) -> str:
    """The heading of a field in the row with this number: ``source_2_title``."""
    return f"{child.key}_{number}_{name}"


def parts_of(child: ChildSpec) -> list[str]:
    """The fields of a row, in the order in which they stand in tables."""
    return ["id", *(spec.name for spec in child.texts), *(spec.name for spec in child.neutral)]


def headings_of(columns: Columns, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The headings of the columns in which these rows say anything, and of all that are not numbered."""
    said = {heading for row in rows for heading, cell in row.items() if cell not in (None, "")}
    return [heading for heading in columns.known() if heading in said or not columns.is_numbered(heading)]


class Columns:
    """The columns of one kind of record. Made for each table: words and choices are those of the moment."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.children = [child for child in shape.children if child.name not in LEFT_OUT]
        self.fields = {spec.name: spec.field() for spec in shape.neutral}
        for child in self.children:
            for spec in child.neutral:
                self.fields[f"{child.key}.{spec.name}"] = spec.field()
        self.words = {name: by_words(field) for name, field in self.fields.items()}

    def known(self) -> list[str]:
        """All headings, in their order."""
        texts = [spec.name for spec in self.shape.texts]
        neutral = [spec.name for spec in self.shape.neutral]
        rows = [
            numbered(child, number, name)
            for child in self.children
            for number in range(1, child.maximum + 1)
            for name in parts_of(child)
        ]
        return [*FIRST, *texts, *neutral, *rows, *ABOUT, "significance"]

    def is_numbered(self, heading: str) -> bool:
        """Whether a heading is that of a row that hangs on a record, or is given for imports alone."""
        return heading == "significance" or re.search(r"_\d+_", heading) is not None

    def explained(self) -> list[Column]:
        """What the columns mean, for the template."""
        found = [
            Column(
                "record",
                capfirst(_("record")),
                True,
                _("A code, or a name that keeps the rows of a new one together."),
            ),
            Column("language", _("Language"), True, _("The first row of a record is in its own language.")),
        ]
        for spec in self.shape.texts:
            note = _("At most %(limit)d characters.") % {"limit": spec.limit}
            found.append(Column(spec.name, str(spec.label), spec.required, f"{note} {spec.help}".strip()))
        for spec in self.shape.neutral:
            field = self.fields[spec.name]
            found.append(column_of(spec.name, field, required=field.required))
        found += [column for child in self.children for column in self.explained_rows(child)]
        for name, label, choices in (
            ("method", _("Method"), Method),
            ("significance", _("Significance"), Version.Significance),
        ):
            found.append(Column(name, label, note=several(choices.values)))
        return [*found, Column("translator", _("Translator"))]

    def explained_rows(self, child: ChildSpec) -> Iterator[Column]:
        """The first numbered columns of a kind of row."""
        for number in range(1, min(child.maximum, IN_TEMPLATE) + 1):
            label = f"{child.label} {number}"
            yield Column(numbered(child, number, "id"), label, note=_("Leave empty for a new one."))
            for spec in child.texts:
                note = _("At most %(limit)d characters.") % {"limit": spec.limit}
                yield Column(numbered(child, number, spec.name), f"{label}: {spec.label}", note=note)
            for spec in child.neutral:
                field = self.fields[f"{child.key}.{spec.name}"]
                column = column_of(numbered(child, number, spec.name), field, required=False)
                yield Column(column.name, f"{label}: {column.label}", note=column.note)

    # ------------------------------------------------------------ in

    def value(self, name: str, cell: str) -> Any:
        """A cell as the entry has it; nothing where it is empty."""
        return value_of(self.fields[name], cell, self.words[name]) if cell.strip() else None

    def misplaced(self, rows: Rows) -> Iterator[tuple[int, str, str]]:
        """What stands in the row of a translation and is the same in every language: row, column, why."""
        own = {spec.name for spec in self.shape.neutral}
        own |= {
            numbered(child, number, spec.name)
            for child in self.children
            for number in range(1, child.maximum + 1)
            for spec in child.neutral
        }
        first = True
        for number, row in rows.values():
            if not first:
                for heading in row.keys() & own:
                    if row[heading]:
                        yield number, heading, _("This belongs into the first row of the record only.")
            first = False

    def read_into(self, entry: Entry, rows: Rows, headings: Sequence[str], numbers: dict[tuple[str, str], int]) -> None:
        """Put what the rows say over what the entry has; ``numbers`` gets the number of each row that hangs on it."""
        _number, source = next(iter(rows.values()))
        for spec in self.shape.neutral:
            if spec.name in headings:
                put_value(entry, spec.name, self.value(spec.name, source[spec.name]))
        for spec in self.shape.texts:
            if spec.name in headings:
                put_texts(entry.setdefault(spec.name, {}), rows, spec.name)
        for child in self.children:
            if any(heading.startswith(f"{child.key}_") and self.is_numbered(heading) for heading in headings):
                entry[child.name] = list(self.read_rows(child, entry.get(child.name) or [], rows, numbers))
        if source.get("significance"):
            entry["significance"] = source["significance"].strip().lower()
        abouts = entry.setdefault("translations", {})
        for language, (_number, row) in list(rows.items())[1:]:
            about = {name: row[name].strip() for name in ABOUT if row.get(name)}
            if about:
                abouts[language] = about

    def read_rows(
        self, child: ChildSpec, standing: list[Entry], rows: Rows, numbers: dict[tuple[str, str], int]
    ) -> Iterator[Entry]:
        """The rows of a kind, each over the one that stands with its id (or in its place, where no id is given)."""
        _number, source = next(iter(rows.values()))
        given = {source.get(numbered(child, number, "id"), "") for number in range(1, child.maximum + 1)}
        by_id = {row["id"]: row for row in standing}
        free = (f"{child.key[0]}{number}" for number in range(1, 1000))
        for number in range(1, child.maximum + 1):
            cells = {name: source.get(numbered(child, number, name), "") for name in parts_of(child)}
            if not any(cell for name, cell in cells.items() if name != "id"):
                continue
            in_place = standing[number - 1]["id"] if number <= len(standing) and not any(given) else ""
            row_id = cells["id"] or in_place or next(each for each in free if each not in given and each not in by_id)
            row = {**by_id.get(row_id, {}), "id": row_id}
            for spec in child.neutral:
                if numbered(child, number, spec.name) in source:
                    put_value(row, spec.name, self.value(f"{child.key}.{spec.name}", cells[spec.name]))
            for spec in child.texts:
                if numbered(child, number, spec.name) in source:
                    texts = row[spec.name] = dict(row.get(spec.name) or {})
                    put_texts(texts, rows, numbered(child, number, spec.name))
            numbers[child.key, row_id] = number
            yield row

    # ------------------------------------------------------------ out

    def cells(self, document: Document, texts: Mapping[str, str]) -> dict[str, Cell]:
        """A source document by headings."""
        found: dict[str, Cell] = {}
        for spec in self.shape.neutral:
            found[spec.name] = cell_of(document["neutral"].get(spec.name))
        for child in self.children:
            for number, row in enumerate(document["children"].get(child.name, []), start=1):
                found[numbered(child, number, "id")] = row["id"]
                for spec in child.neutral:
                    found[numbered(child, number, spec.name)] = cell_of(row.get(spec.name))
        return found | self.text_cells(document, texts)

    def text_cells(self, document: Document, texts: Mapping[str, str]) -> dict[str, Cell]:
        """The texts of one language by headings; the rows are those of the source ``document``."""
        found: dict[str, Cell] = {spec.name: texts.get(spec.name, "") for spec in self.shape.texts}
        for child in self.children:
            for number, row in enumerate(document["children"].get(child.name, []), start=1):
                for spec in child.texts:
                    found[numbered(child, number, spec.name)] = texts.get(f"{child.key}.{row['id']}.{spec.name}", "")
        return found


def columns_of(shape: Shape) -> Columns:
    """The columns of a kind of record, in the language of the moment."""
    return Columns(shape)


def put_value(entry: Entry, name: str, value: Any) -> None:
    """Put a value into an entry; an empty cell takes it out."""
    if value is None:
        entry.pop(name, None)
    else:
        entry[name] = value


def put_texts(texts: dict[str, str], rows: Rows, heading: str) -> None:
    """Put the cells below ``heading`` into a map of languages; an empty one takes the text away."""
    for language, (_number, row) in rows.items():
        text = row.get(heading, "").strip()
        if text:
            texts[language] = text
        else:
            texts.pop(language, None)


def cell_of(value: Any) -> Cell:
    """A neutral value as a cell."""
    if isinstance(value, list):
        return several(value)
    return value if value is None or isinstance(value, int) else str(value)
