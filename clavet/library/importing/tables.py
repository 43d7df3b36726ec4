"""Records as a table: one row for each language of a record, the first of them that it was written in.

The first row holds everything; those of translations hold texts only. A record is known by what stands in ``record``:
its code, or any name for a new one that keeps its rows together. What a table has no column for stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from clavet.languages import CODES
from clavet.library import interchange
from clavet.library.importing import reserve_codes
from clavet.library.importing.columns import Columns, columns_of, headings_of
from clavet.library.importing.content import check_entry
from clavet.library.importing.findings import Finding as LineFinding
from clavet.library.importing.form import form_problems
from clavet.library.importing.writing import write_entry
from clavet.library.interchange import Entry
from clavet.library.kinds import Library
from clavet.publishing import codes, documents
from clavet.publishing.actors import OPERATOR, InImport
from clavet.publishing.errors import PublishingError
from clavet.publishing.models import Code, Record, Translation
from clavet.publishing.models.revisions import Method
from clavet.publishing.shape import Shape
from clavet.tables.findings import Finding, TableRefused
from clavet.tables.kinds import Kind
from clavet.tables.table import Table, column_letters, several
from clavet.tables.values import heading_problems

MOST_ROWS = 2000


@dataclass
class Written:
    """A record as its rows have it: the row of each language, the first that of its source; then as an entry."""

    rows: dict[str, tuple[int, dict[str, str]]]
    record: Record | None = None
    entry: Entry = field(default_factory=dict)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The language that it was written in."""
        return next(iter(self.rows))

    def row_of(self, language: str) -> int:
        """The number of the row of a language; that of the source where it has none."""
        return self.rows.get(language, self.rows[self.source])[0]


@dataclass
class Records:
    """What an import of records would do."""

    model: type[Record]
    findings: list[Finding] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def write(self, actor: Any) -> None:
        """Bring the entries in as any import does."""
        acting = actor if actor is OPERATOR else InImport(actor)
        for entry in self.entries:
            try:
                write_entry(self.model, entry, lenient=False, actor=acting)
            except PublishingError as error:
                raise TableRefused([Finding(0, "", f"{entry['code']}: {error}")]) from error


def kind_of(library: Library, *, compiled_only: bool = False) -> Kind:
    """The records of a library as tables. ``compiled_only`` where what members write goes another way."""
    columns = partial(columns_of, library.model.shape)
    return Kind(
        name=library.name,
        label=library.sentences.plural,
        prefix=library.prefix,
        most_rows=MOST_ROWS,
        columns=lambda: columns().explained(),
        check=partial(check, library),
        everything=partial(everything, library),
        by_two=True,
        for_people={"compiled_only": True} if compiled_only else {},
    )


# ---------------------------------------------------------------- in


def check(library: Library, table: Table, *, compiled_only: bool = False) -> Records:
    """Hold a table of records against their shape and against what stands."""
    plan, columns = Records(library.model), columns_of(library.model.shape)
    plan.findings = list(heading_problems(table, columns.known(), ("record", "language")))
    if plan.findings:
        return plan
    place = Places(table)
    written, plan.findings = grouped(library.model, table, place)
    for one in written:
        fill(one, columns, table.headings)
        plan.findings += place.all(columns.misplaced(one.rows))
    wanted = [one for one in written if not settled(plan, one)]
    plan.entries = [one.entry for one in wanted]
    reserve_codes(library.model.shape, list(enumerate(plan.entries)))
    for one in wanted:
        found = list(problems_of(library.model, one))
        if compiled_only and not is_compiled(one):
            found.append(LineFinding(0, "compiled_on", str(ONLY_COMPILED)))
        plan.findings += [place.of(one, finding) for finding in found]
    plan.findings = sorted(set(plan.findings))
    return plan


ONLY_COMPILED = gettext_lazy(
    "An authority’s own account is judged in a case. Only what was compiled from public sources comes in here."
)


def is_compiled(one: Written) -> bool:
    """Whether no member wrote a record, neither as it comes nor as it stands."""
    return bool(one.entry.get("compiled_on")) and (one.record is None or one.record.compiled_on is not None)


def grouped(model: type[Record], table: Table, place: Places) -> tuple[list[Written], list[Finding]]:
    """The rows put together by record, each language once, and what stands in their way."""
    found: dict[str, Written] = {}
    findings = []
    for number, cells in zip(table.numbers, table.rows, strict=True):
        row = dict(zip(table.headings, map(str, cells), strict=True))
        key, language = row["record"].strip(), row["language"].strip().lower()
        if not key:
            findings.append(place.at(number, "record", _("Please give a code, or any name for a new record.")))
        elif language not in CODES:
            findings.append(
                place.at(number, "language", _("Please give one of: %(codes)s.") % {"codes": several(CODES)})
            )
        elif key in found and language in found[key].rows:
            again = found[key].row_of(language)
            findings.append(place.at(number, "language", _("This stands in row %(row)d already.") % {"row": again}))
        else:
            found.setdefault(key, Written({})).rows[language] = (number, row)
    standing = {record.code_id: record for record in model.objects.with_rows().filter(code_id__in=list(found))}
    good = []
    for key, one in found.items():
        one.record = standing.get(key)
        wrong = [place.at(one.row_of(one.source), "record", why) for why in code_problems(model, key, one)]
        findings += wrong
        good += [] if wrong else [one]
    return good, findings


def code_problems(model: type[Record], key: str, one: Written) -> Iterator[str]:
    """Why a record cannot be called by this code; any other name is good for a new one."""
    if one.record is not None:
        if one.record.source_language not in one.rows:
            yield _("This record needs its row in %(language)s, in which it was written.") % {
                "language": one.record.source_language
            }
    elif codes.is_code(key):
        if not key.startswith(model.shape.prefix) or len(key) > 10:
            yield _("Codes here begin with %(prefix)s.") % {"prefix": model.shape.prefix}
        elif Code.objects.filter(value=key).exists():
            yield _("This code is no longer in use.")
        else:
            one.entry["code"] = key


def fill(one: Written, columns: Columns, headings: Sequence[str]) -> None:
    """Make the entry: what stands, and over it what the rows say."""
    if one.record is not None:
        source = one.record.source_language
        one.rows = {source: one.rows[source], **one.rows}
        if one.record.version:
            one.entry |= standing_entry(one.record)
        one.entry["code"] = one.record.code_id
    one.entry |= {"source_language": one.source, "status": "published"}
    columns.read_into(one.entry, one.rows, headings, one.numbers)


def standing_entry(record: Record) -> Entry:
    """What is live of a record, in the form of the interchange, without its history."""
    live = documents.source_document(record)
    languages = Translation.objects.current().filter(code_id=record.code_id).values_list("language", flat=True)
    found = {record.source_language: live}
    found |= {language: documents.translation_document(record, language) for language in languages}
    return {
        **live["neutral"],
        **interchange.texts_by_language(record.shape, found),
        **interchange.rows_by_language(record.shape, live, found),
    }


def settled(plan: Records, one: Written) -> bool:
    """Whether a record says what stands already; counts it, and takes the translations out that have not changed."""
    if one.record is None or not one.record.version:
        plan.new += 1
        return False
    shape, entry = one.record.shape, one.entry
    same = is_source_same(one.record, entry)
    kept = {one.source}
    for language in interchange.languages_of(shape, entry):
        if language != one.source and language in one.rows:
            texts = {
                key: documents.clean_text(text) for key, text in interchange.texts_of(shape, entry, language).items()
            }
            if {key: text for key, text in texts.items() if text} != standing_texts(one.record, language):
                kept.add(language)
    only(shape, entry, kept)
    if same and kept == {one.source}:
        plan.unchanged += 1
        return True
    plan.changed += 1
    return False


def standing_texts(record: Record, language: str) -> dict[str, str]:
    """The live texts of one language."""
    return documents.translation_document(record, language)["texts"]


def is_source_same(record: Record, entry: Entry) -> bool:
    """Whether the source document of an entry is what is live. What is wrong in it is another question."""
    source = interchange.source_of(record.shape, entry, record.source_language)
    if any(documents.neutral_problems(record.shape, source)):
        return False
    return documents.normalised(record.shape, source) == documents.source_document(record)


def only(shape: Shape, entry: Entry, languages: set[str]) -> None:
    """Take the texts of all other languages out of an entry."""
    maps = [entry[spec.name] for spec in shape.texts if spec.name in entry]
    for child in shape.children:
        for row in entry.get(child.name) or []:
            maps += [row[spec.name] for spec in child.texts if spec.name in row]
    for texts in maps:
        for language in texts.keys() - languages:
            del texts[language]
    entry["translations"] = {
        language: about for language, about in (entry.get("translations") or {}).items() if language in languages
    }


def problems_of(model: type[Record], one: Written) -> Iterator[LineFinding]:
    """What is wrong with the entry of a record, as any import finds it."""
    wrong = [LineFinding(0, name, why) for name, why in form_problems(model.shape, one.entry)]
    yield from wrong or check_entry(model, 0, one.entry, lenient=False, folder=None)


class Places:
    """Where in a table a finding about an entry belongs."""

    def __init__(self, table: Table) -> None:
        self.letters = {heading: column_letters(index) for index, heading in enumerate(table.headings)}

    def at(self, row: int, column: str, why: str) -> Finding:
        """A finding in one cell."""
        return Finding(row, column, why, self.letters.get(column, ""))

    def all(self, found: Iterator[tuple[int, str, str]]) -> list[Finding]:
        """Findings in several."""
        return [self.at(*each) for each in found]

    def of(self, one: Written, finding: LineFinding) -> Finding:
        """The cell that ``field`` of a finding means: ``title.en``, ``indicator.i1.name.el``, ``sources``."""
        parts = finding.field.split(".")
        language = parts.pop() if len(parts) > 1 and parts[-1] in CODES else one.source
        column = parts[0]
        if len(parts) == 3:
            number = one.numbers.get((parts[0], parts[1]), 1)
            column = f"{parts[0]}_{number}_{parts[2]}"
        elif column in ("code", "(line)"):
            column = "record"
        elif column == "translations":
            column = "method"
        elif column == "source_language":
            column = "language"
        return self.at(one.row_of(language), column, finding.why)


# ---------------------------------------------------------------- out


def everything(library: Library) -> Table:
    """Every record that the public may read, by code: a row for its source, then one for each translation."""
    columns = columns_of(library.model.shape)
    records = library.model.objects.visible_to(None, archived=True).with_rows().order_by("code_id")
    current: dict[str, dict[str, Translation]] = {}
    for translation in Translation.objects.current().filter(code__value__startswith=library.prefix).defer("document"):
        current.setdefault(translation.code_id, {})[translation.language] = translation
    rows = [row for record in records for row in rows_of_record(record, columns, current.get(record.code_id, {}))]
    headings = headings_of(columns, rows)
    return Table(headings, [[row.get(heading) for heading in headings] for row in rows])


def rows_of_record(record: Record, columns: Columns, current: dict[str, Translation]) -> Iterator[dict[str, Any]]:
    """The rows of one record, each by headings."""
    live = documents.source_document(record)
    yield {"record": record.code_id, "language": record.source_language, **columns.cells(live, live["texts"])}
    for language in CODES:
        if language in current:
            translation = current[language]
            texts = documents.translation_document(record, language)["texts"]
            yield {
                "record": record.code_id,
                "language": language,
                **columns.text_cells(live, texts),
                "method": translation.method if translation.method != Method.HUMAN else None,
                "translator": translation.translator_name,
            }
