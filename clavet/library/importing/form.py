"""The form of an entry: what is wrong with it before anything in it is believed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from clavet.languages import CODES
from clavet.library import interchange
from clavet.library.interchange import Entry
from clavet.publishing import codes
from clavet.publishing.models import Record, Version
from clavet.publishing.models.revisions import Method, Part
from clavet.publishing.shape import Shape

# Beyond these a line is a mistake or an attack: how deep it nests, how large its numbers are, when it happened.
DEEPEST = 12
LARGEST = 10**12
YEARS = (1990, 2200)
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
DATES = {"published_at": parse_datetime, "changed_at": parse_datetime, "accepted_at": parse_datetime} | {
    "review_by": parse_date,
    "confirmed_on": parse_date,
}


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


def form_problems(shape: Shape, entry: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with the form of an entry, before anything in it is believed."""
    if not isinstance(entry, dict):
        yield "(line)", "not an object"
        return
    texts = {spec.name for spec in shape.texts}
    rows = {child.name for child in shape.children}
    for name in entry.keys() - interchange.ABOUT - texts - rows - {spec.name for spec in shape.neutral}:
        yield name, "there is no such field"
    code = entry.get("code")
    # Seven digits at most: whoever imports the highest of all codes would leave none for those who come after.
    of_this_kind = isinstance(code, str) and codes.is_code(code) and code.startswith(shape.prefix) and len(code) <= 10
    if code is not None and not of_this_kind:
        yield "code", f"not a code that begins with {shape.prefix}"
    if entry.get("source_language") not in CODES:
        yield "source_language", "must be one of " + " ".join(CODES)
    if entry.get("status", "published") not in (Record.Status.PUBLISHED, Record.Status.ARCHIVED):
        yield "status", "must be published or archived"
    for name in texts & entry.keys():
        yield from language_map_problems(name, entry[name])
    for child in shape.children:
        yield from row_problems(child, entry.get(child.name))
    yield from about_problems(shape, entry)


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


def about_problems(shape: Shape, entry: Entry) -> Iterator[tuple[str, str]]:
    """Dates, marks, translations and earlier versions."""
    for name, read in DATES.items():
        if entry.get(name) is not None and not readable_date(entry[name], read):
            yield name, "must be a date in ISO 8601 (moments with their offset)"
    for name in ("sample", "example"):
        if not isinstance(entry.get(name, False), bool):
            yield name, "must be true or false"
    yield from version_problems("", entry)
    found = list(earlier_problems(shape, entry.get("earlier") or []))
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


def earlier_problems(shape: Shape, earlier: Any) -> Iterator[tuple[str, str]]:
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
        yield from document_problems(shape, f"{where}document", version.get("document"), has_rows=True)
        translations = version.get("translations") or {}
        if not isinstance(translations, dict):
            yield f"{where}translations", "must be a map of languages"
            continue
        for language, about in translations.items():
            place = f"{where}translations.{language}"
            yield from translation_problems(place, language, about)
            if isinstance(about, dict):
                yield from document_problems(shape, f"{place}.document", about.get("document"), has_rows=False)


def document_problems(shape: Shape, where: str, document: Any, *, has_rows: bool) -> Iterator[tuple[str, str]]:
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
        for child in shape.children:
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
