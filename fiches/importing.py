"""Taking fiches in from JSON Lines: everything is checked first; one finding, and nothing at all is imported."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from clavet.languages import CODES
from clavet.publishing import codes, documents, effects, files, lifecycle, workflow
from clavet.publishing.actors import OPERATOR
from clavet.publishing.errors import PublishingError
from clavet.publishing.models import Code, Record, Revision, StoredFile, Version
from clavet.publishing.models.revisions import Method, Part
from fiches import interchange
from fiches.interchange import Entry
from fiches.models import Fiche

SHAPE = Fiche.shape
# Beyond these a line is a mistake or an attack: how deep it nests, how large its numbers are, when it happened.
DEEPEST = 12
LARGEST = 10**12
YEARS = (1990, 2200)
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
DATES = {"published_at": parse_datetime, "changed_at": parse_datetime, "accepted_at": parse_datetime} | {
    "review_by": parse_date,
    "confirmed_on": parse_date,
}


@dataclass(frozen=True)
class Finding:
    """What is wrong: in which line, in which field, and why."""

    line: int
    field: str
    why: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.field}: {self.why}"


class ImportRefused(Exception):
    """Nothing was imported; ``findings`` says why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


def import_lines(lines: Iterable[str], *, lenient: bool = False, folder: Path | None = None) -> int:
    """Import the fiches in ``lines``, all or none; returns how many. ``folder`` holds attachments by digest.

    A known code makes a new version. ``lenient``: fields that a form requires may be missing. Raises
    ``ImportRefused`` with every finding.
    """
    entries, findings = parse(lines)
    return import_entries(entries, findings, lenient=lenient, folder=folder)


def import_entries(
    entries: list[tuple[int, Entry]], findings: list[Finding], *, lenient: bool = False, folder: Path | None = None
) -> int:
    """The same from entries that have been read already, each with its line."""
    with transaction.atomic(), effects.gathering():
        if not findings:
            reserve_codes(entries)
            for number, entry in entries:
                findings += check_entry(number, entry, lenient=lenient, folder=folder)
        if findings:
            raise ImportRefused(sorted(findings, key=lambda finding: finding.line))
        for number, entry in entries:
            try:
                write_entry(entry, lenient=lenient)
            except PublishingError as error:
                raise ImportRefused([Finding(number, "(line)", str(error))]) from error
    return len(entries)


# ---------------------------------------------------------------- reading and checking


def parse(lines: Iterable[str]) -> tuple[list[tuple[int, Entry]], list[Finding]]:
    """The entries with their line numbers, and what is wrong with their form."""
    entries: list[tuple[int, Entry]] = []
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError) as error:
            findings.append(Finding(number, "(line)", f"not JSON: {error}"))
            continue
        problems = list(unkeepable(entry)) or form_problems(entry)
        found = [Finding(number, field, why) for field, why in problems]
        code = entry.get("code") if isinstance(entry, dict) else None
        if not found and code:
            if code in seen:
                found.append(Finding(number, "code", f"{code} stands in line {seen[code]} already"))
            seen[code] = number
        findings += found
        if not found:
            entries.append((number, entry))
    return entries, findings


def unkeepable(value: Any, where: str = "(line)", depth: int = 0) -> Iterator[tuple[str, str]]:
    """What no database could keep, or what nobody means: nesting without end, halves of signs, endless numbers."""
    if depth > DEEPEST:
        yield where, "is nested too deeply"
    elif isinstance(value, str) and UNKEEPABLE.search(value):
        yield where, "holds characters that cannot be kept"
    elif isinstance(value, int | float) and not -LARGEST <= value <= LARGEST:
        yield where, "is no number that can be kept"
    elif isinstance(value, list | dict):
        for name, item in value.items() if isinstance(value, dict) else enumerate(value):
            place = f"{where}.{name}" if depth else str(name)
            if isinstance(name, str) and UNKEEPABLE.search(name):
                yield where, "holds characters that cannot be kept"
            else:
                yield from unkeepable(item, place, depth + 1)


def form_problems(entry: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with the form of an entry, before anything in it is believed."""
    if not isinstance(entry, dict):
        yield "(line)", "not an object"
        return
    texts = {spec.name for spec in SHAPE.texts}
    rows = {child.name for child in SHAPE.children}
    for name in entry.keys() - interchange.ABOUT - texts - rows - {spec.name for spec in SHAPE.neutral}:
        yield name, "there is no such field"
    code = entry.get("code")
    # Seven digits at most: whoever imports the highest of all codes would leave none for those who come after.
    of_a_fiche = isinstance(code, str) and codes.is_code(code) and code.startswith(SHAPE.prefix) and len(code) <= 10
    if code is not None and not of_a_fiche:
        yield "code", "not the code of a fiche"
    if entry.get("source_language") not in CODES:
        yield "source_language", "must be one of " + " ".join(CODES)
    if entry.get("status", "published") not in (Record.Status.PUBLISHED, Record.Status.ARCHIVED):
        yield "status", "must be published or archived"
    for name in texts & entry.keys():
        yield from language_map_problems(name, entry[name])
    for child in SHAPE.children:
        yield from row_problems(child, entry.get(child.name))
    yield from about_problems(entry)


def language_map_problems(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """A text is a map from languages to strings."""
    if not isinstance(value, dict):
        yield name, "must be a map of languages"
        return
    for language, text in value.items():
        if language not in CODES:
            yield f"{name}.{language}", "not one of the nine languages"
        elif not isinstance(text, str):
            yield f"{name}.{language}", "must be text"


def row_problems(child: Any, rows: Any) -> Iterator[tuple[str, str]]:
    """Rows are objects with an id, their texts maps of languages."""
    if rows is None:
        return
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        yield child.name, "must be a list of objects"
        return
    for row in rows:
        for spec in child.texts:
            if spec.name in row:
                yield from language_map_problems(f"{child.name}.{row.get('id')}.{spec.name}", row[spec.name])


def about_problems(entry: Entry) -> Iterator[tuple[str, str]]:
    """Dates, marks, translations and earlier versions."""
    for name, read in DATES.items():
        if entry.get(name) is not None and not readable_date(entry[name], read):
            yield name, "must be a date in ISO 8601 (moments with their offset)"
    for name in ("sample", "example"):
        if not isinstance(entry.get(name, False), bool):
            yield name, "must be true or false"
    yield from version_problems("", entry)
    found = list(earlier_problems(entry.get("earlier") or []))
    yield from found
    latest = 1 if found else len(entry.get("earlier") or []) + 1
    number = entry.get("version", latest)
    if not is_number(number) or (latest > 1 and number != latest):
        yield "version", "must be a number that follows the earlier versions"
    translations = entry.get("translations") or {}
    if not isinstance(translations, dict):
        yield "translations", "must be a map of languages"
        return
    for language, about in translations.items():
        yield from translation_problems(f"translations.{language}", language, about)
        version = about.get("version") if isinstance(about, dict) else None
        if version is not None and not (is_number(version) and 1 <= version <= max(latest, number_or(number, 1))):
            yield f"translations.{language}.version", "there is no such version"


def is_number(value: Any) -> bool:
    """Whether ``value`` is a whole number (``true`` is none)."""
    return isinstance(value, int) and not isinstance(value, bool)


def number_or(value: Any, otherwise: int) -> int:
    """``value`` if it is a whole number."""
    return value if is_number(value) else otherwise


def version_problems(where: str, version: Entry) -> Iterator[tuple[str, str]]:
    """What stands beside the text of any version: significance, note, moment."""
    if version.get("significance", "major") not in Version.Significance.values:
        yield f"{where}significance", "must be editorial, medium or major"
    if version.get("change_note") is not None:
        yield from language_map_problems(f"{where}change_note", version["change_note"])
    moment_of_it = version.get("accepted_at")
    if where and moment_of_it is not None and not readable_date(moment_of_it, parse_datetime):
        yield f"{where}accepted_at", "must be a moment in ISO 8601 with its offset"


def translation_problems(where: str, language: str, about: Any) -> Iterator[tuple[str, str]]:
    """How a translation came about."""
    if language not in CODES or not isinstance(about, dict):
        yield where, "must be an object under one of the nine languages"
        return
    if about.get("method", Method.HUMAN) not in Method.values or about.get("part", Part.FULL) not in Part.values:
        yield where, "has an unknown method or part"
    translator = about.get("translator", "")
    if not isinstance(translator, str) or len(translator) > 150:
        yield f"{where}.translator", "must be a name of at most 150 characters"
    if about.get("accepted_at") is not None and not readable_date(about["accepted_at"], parse_datetime):
        yield f"{where}.accepted_at", "must be a moment in ISO 8601 with its offset"


def earlier_problems(earlier: Any) -> Iterator[tuple[str, str]]:
    """The versions before: each a document with its translations, or the note that it is withheld."""
    if not isinstance(earlier, list) or not all(isinstance(item, dict) for item in earlier):
        yield "earlier", "must be a list of versions"
        return
    if [item.get("number") for item in earlier] != list(range(1, len(earlier) + 1)):
        yield "earlier", "versions must be numbered from 1 without a gap"
        return
    for version in earlier:
        where = f"earlier.{version['number']}."
        yield from version_problems(where, version)
        if version.get("withheld"):
            on = version.get("withheld_on")
            if version["withheld"] not in Version.Withholding.values or not readable_date(on, parse_date):
                yield f"{where}withheld", "must be rights or privacy, with its day in withheld_on"
            continue
        yield from document_problems(f"{where}document", version.get("document"), has_rows=True)
        translations = version.get("translations") or {}
        if not isinstance(translations, dict):
            yield f"{where}translations", "must be a map of languages"
            continue
        for language, about in translations.items():
            place = f"{where}translations.{language}"
            yield from translation_problems(place, language, about)
            if isinstance(about, dict):
                yield from document_problems(f"{place}.document", about.get("document"), has_rows=False)


def document_problems(where: str, document: Any, *, has_rows: bool) -> Iterator[tuple[str, str]]:
    """A document is an object of objects; what stands in them is checked as that of a revision."""
    if not isinstance(document, dict):
        yield where, "must be an object"
        return
    texts = document.get("texts", {})
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        yield f"{where}.texts", "must be an object of texts"
    if not isinstance(document.get("neutral", {}), dict):
        yield f"{where}.neutral", "must be an object"
    children = document.get("children", {})
    if not isinstance(children, dict):
        yield f"{where}.children", "must be an object"
    elif has_rows:
        for child in SHAPE.children:
            rows = children.get(child.name, [])
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                yield f"{where}.children.{child.name}", "must be a list of objects"


def readable_date(value: Any, read: Any) -> bool:
    """Whether ``read`` makes a sensible date of ``value``, with an offset where it is a moment."""
    try:
        found = read(value) if isinstance(value, str) else None
    except ValueError:
        return False
    if found is None or not YEARS[0] <= found.year <= YEARS[1]:
        return False
    return not isinstance(found, datetime.datetime) or timezone.is_aware(found)


def reserve_codes(entries: list[tuple[int, Entry]]) -> None:
    """Give every entry its code first, so that fiches of one file may name each other."""
    for _number, entry in sorted(entries, key=lambda item: not item[1].get("code")):
        code = entry.get("code")
        if not code:
            entry["code"] = codes.allot(SHAPE.prefix).value
        elif not Code.objects.filter(value=code).exists():
            codes.reserve(code)


def check_entry(number: int, entry: Entry, *, lenient: bool, folder: Path | None) -> Iterator[Finding]:
    """What is wrong with the content of one entry."""
    language = entry["source_language"]
    for row in interchange.named_files(entry):
        why = bring_file(row, folder)
        if why:
            yield Finding(number, f"attachments.{row.get('id')}", why)
    source = interchange.source_of(SHAPE, entry, language)
    problems = list(documents.neutral_problems(SHAPE, source, lenient=lenient))
    if not problems:
        problems += documents.text_problems(SHAPE, source, source, lenient=lenient)
        if not lenient:
            problems += [documents.Problem(key, str(why)) for key, why in SHAPE.missing(source)]
    for problem in problems:
        yield Finding(
            number, f"{problem.key}.{language}" if problem.key in source["texts"] else problem.key, problem.message
        )
    if problems:
        return
    yield from translations_checked(number, entry, source, lenient=lenient)
    record = Fiche.objects.filter(code_id=entry["code"]).first()
    if record is not None:
        yield from clash(number, entry, record)


def translations_checked(number: int, entry: Entry, source: Entry, *, lenient: bool) -> Iterator[Finding]:
    """What is wrong with the translations of one entry, each held against the version that it translates."""
    earlier = entry.get("earlier") or []
    for code in interchange.languages_of(SHAPE, entry):
        if code == entry["source_language"] or stands_earlier(entry, code):
            continue
        about = about_translation(entry, code, lenient=lenient)
        original = source if about["version"] > len(earlier) else earlier[about["version"] - 1].get("document")
        if original is None:
            yield Finding(number, f"translations.{code}.version", "that version is withheld")
            continue
        texts = {"texts": interchange.texts_of(SHAPE, entry, code)}
        for problem in documents.text_problems(SHAPE, texts, original, part=about["part"], lenient=lenient):
            yield Finding(number, f"{problem.key}.{code}", problem.message)


def stands_earlier(entry: Entry, language: str) -> bool:
    """Whether the translation that readers have in ``language`` stands, whole, with the version that it translates."""
    version = (entry.get("translations") or {}).get(language, {}).get("version")
    earlier = entry.get("earlier") or []
    return bool(version) and version <= len(earlier) and language in (earlier[version - 1].get("translations") or {})


def clash(number: int, entry: Entry, record: Fiche) -> Iterator[Finding]:
    """Why an entry cannot become a new version of the fiche that has its code."""
    if record.source_language != entry["source_language"]:
        yield Finding(number, "source_language", f"{record.code_id} is written in {record.source_language}")
    if record.status == Record.Status.WITHDRAWN:
        yield Finding(number, "code", f"{record.code_id} is withdrawn")
    languages = interchange.languages_of(SHAPE, entry)
    for language in Revision.objects.open().filter(code_id=record.code_id, language__in=languages).values_list(
        "language", flat=True
    ):  # fmt: skip
        yield Finding(number, "code", f"somebody is working on {record.code_id} in {language}")


def bring_file(row: Entry, folder: Path | None) -> str:
    """Store the file of an attachment from ``folder`` if it is not here yet; says why that failed, or nothing."""
    digest = str(row.get("sha256", ""))
    if StoredFile.objects.filter(pk=digest).exists():
        return ""
    path = folder / digest if folder and len(digest) == 64 and digest.isalnum() else None
    if path is None or not path.is_file():
        return f"the file {digest or '(no sha256)'} is not here"
    try:
        with path.open("rb") as stream:
            stored = files.store(stream, str(row.get("name", "")))
    except ValidationError as error:
        return " ".join(error.messages)
    return "" if stored.pk == digest else "the content of the file is not what its sha256 says"


def part_of(entry: Entry, language: str, *, lenient: bool) -> str:
    """How far the translation in ``language`` goes: as the entry says, else title and summary if there is no more
    (in a lenient import whatever there is counts as all there is)."""
    said = (entry.get("translations") or {}).get(language, {}).get("part")
    if said or lenient:
        return said or Part.FULL
    present = {spec.name for spec in SHAPE.texts if entry.get(spec.name, {}).get(language)}
    summary = {spec.name for spec in SHAPE.texts if spec.summary}
    return Part.SUMMARY if present and present <= summary and "summary" in present else Part.FULL


# ---------------------------------------------------------------- writing


def write_entry(entry: Entry, *, lenient: bool) -> Fiche:
    """Bring a checked entry in through the same functions that people use."""
    record = Fiche.objects.filter(code_id=entry["code"]).first()
    if record is not None:
        return renew(record, entry, lenient=lenient)
    flags = {"is_sample": bool(entry.get("sample")), "is_example": bool(entry.get("example"))}
    record = Fiche.objects.create(code_id=entry["code"], source_language=entry["source_language"], **flags)
    workflow.log(record, "imported", OPERATOR, at=timezone.now())
    for version in interchange.earlier_documents(Fiche, entry):
        write_earlier(record, version, lenient=lenient)
    source = interchange.source_of(SHAPE, entry, record.source_language)
    put(record, record.source_language, source, entry, lenient=lenient)
    translations = [
        (about_translation(entry, language, lenient=lenient), language)
        for language in interchange.languages_of(SHAPE, entry)
        if language != record.source_language and not stands_earlier(entry, language)
    ]
    for about, language in sorted(translations, key=lambda item: (item[0]["version"], item[1])):
        put(record, language, {"texts": interchange.texts_of(SHAPE, entry, language)}, about, lenient=lenient)
    return finish(entry)


def about_translation(entry: Entry, language: str, *, lenient: bool) -> Entry:
    """What the entry says of a translation, with what it leaves out."""
    latest = len(entry.get("earlier") or []) + 1
    about = dict((entry.get("translations") or {}).get(language, {}))
    about["version"] = min(about.get("version") or latest, latest)
    about["part"] = part_of(entry, language, lenient=lenient)
    return about


def write_earlier(record: Fiche, version: Entry, *, lenient: bool) -> None:
    """Write an earlier version with the translations that hung on it."""
    if version.get("withheld"):
        write_withheld(record, version)
        return
    put(record, record.source_language, version["document"], version, lenient=True)
    for language, about in (version.get("translations") or {}).items():
        put(record, language, about["document"], {**about, "version": version["number"]}, lenient=True)


def write_withheld(record: Fiche, version: Entry) -> None:
    """A version that was withheld where it came from: its place, without its content."""
    Version.objects.create(
        code_id=record.code_id,
        number=version["number"],
        language=record.source_language,
        significance=version.get("significance", Version.Significance.MAJOR),
        change_note=version.get("change_note") or {},
        document=documents.blank(),
        accepted_at=moment(version) or timezone.now(),
        withheld=version["withheld"],
        withheld_on=parse_date(version["withheld_on"]),
    )
    Fiche.objects.filter(pk=record.pk).update(version=version["number"])


def put(record: Fiche, language: str, document: documents.Document, about: Entry, *, lenient: bool) -> None:
    """Open, save, submit and accept one text, as a person would."""
    record = Fiche.objects.get(pk=record.pk)
    revision = workflow.open_revision(record, language, actor=OPERATOR, method=about.get("method", Method.HUMAN))
    fields = {
        "part": about.get("part", Part.FULL),
        "method": about.get("method", Method.HUMAN),
        "translator_name": about.get("translator", ""),
        "base_version": about.get("version") or record.version,
    }
    revision = workflow.save_revision(
        revision, document, actor=OPERATOR, seen=revision.saved, **({} if revision.is_source else fields)
    )
    revision = workflow.submit_revision(revision, actor=OPERATOR, lenient=lenient)
    workflow.accept_revision(
        revision,
        actor=OPERATOR,
        significance=about.get("significance") or (Version.Significance.MEDIUM if record.version else ""),
        change_note=about.get("change_note") or {},
        now=moment(about),
        lenient=lenient,
    )


def moment(about: Entry) -> datetime.datetime | None:
    """When something was accepted, if the entry says so."""
    return parse_datetime(about["accepted_at"]) if about.get("accepted_at") else None


def renew(record: Fiche, entry: Entry, *, lenient: bool) -> Fiche:
    """A new version of a known fiche; what has not changed is left alone."""
    source = interchange.source_of(SHAPE, entry, record.source_language)
    if documents.normalised(SHAPE, source) != documents.source_document(record):
        about = {key: entry.get(key) for key in ("significance", "change_note")}
        put(record, record.source_language, source, about, lenient=lenient)
    record = Fiche.objects.get(pk=record.pk)
    for language in interchange.languages_of(SHAPE, entry):
        texts = interchange.texts_of(SHAPE, entry, language)
        if language != record.source_language and documents.translation_document(record, language)["texts"] != texts:
            about = {**about_translation(entry, language, lenient=lenient), "version": None, "accepted_at": None}
            put(record, language, {"texts": texts}, about, lenient=lenient)
    return Fiche.objects.get(pk=record.pk)


def finish(entry: Entry) -> Fiche:
    """Dates as the entry gives them, and archived if it says so."""
    record = Fiche.objects.get(code_id=entry["code"])
    given = {name: DATES[name](entry[name]) for name in DATES if entry.get(name) and name != "accepted_at"}
    if entry.get("status") == Record.Status.ARCHIVED:
        record = lifecycle.archive_record(record, actor=OPERATOR)
    Fiche.objects.filter(pk=record.pk).update(**given)
    return record
