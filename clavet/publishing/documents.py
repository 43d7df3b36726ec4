"""Documents: what a revision or version holds, as plain JSON, and how it gets into the live row and out of it.

A source document is ``{"texts": {key: text}, "neutral": {name: value}, "children": {name: [{"id": …}, …]}}``; a
translation is ``{"texts": {key: text}}``. A text key is a name (``title``) or a row's (``indicator.i1.name``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, ngettext

from clavet.publishing import naming
from clavet.publishing.models import Record
from clavet.publishing.models.revisions import Part
from clavet.publishing.shape import ChildSpec, Shape, TextSpec

Document = dict[str, Any]

CHILD_ID = re.compile(r"[a-z][a-z0-9_-]{0,19}")
# What no text may hold: control characters other than line feed, and halves of surrogate pairs.
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a document, and under which key."""

    key: str
    message: str


def blank() -> Document:
    """The document of a record that nobody has written yet."""
    return {"texts": {}, "neutral": {}, "children": {}}


def text_keys(shape: Shape, source: Document) -> Iterator[tuple[str, TextSpec]]:
    """Every text that a document has a place for, rows included, with its rules, in reading order."""
    for spec in shape.texts:
        yield spec.name, spec
    for child in shape.children:
        for row in source.get("children", {}).get(child.name, []):
            for spec in child.texts:
                yield f"{child.key}.{row['id']}.{spec.name}", spec


def clean_text(value: str) -> str:
    """``value`` with line feeds only, without control characters and blanks at its ends."""
    return UNSAFE.sub("", value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).strip()


# ---------------------------------------------------------------- checks


def text_problems(
    shape: Shape, document: Document, source: Document, *, part: str = Part.FULL, lenient: bool = False
) -> Iterator[Problem]:
    """What is wrong with the texts of ``document``, whose rows are those of ``source``.

    A translation must have what its source has; of a *summary only* one just title and summary count.
    """
    texts = document.get("texts", {})
    known = dict(text_keys(shape, source))
    translation = document is not source
    excused = set() if translation else shape.excused(document)
    for key, spec in known.items():
        value = texts.get(key, "")
        if not isinstance(value, str):
            yield Problem(key, _("This must be text."))
            continue
        if part == Part.SUMMARY and not spec.summary:
            continue
        expected = bool(source.get("texts", {}).get(key)) if translation else spec.required and key not in excused
        if expected and not lenient and not value.strip():
            yield Problem(key, _("Please fill in this field."))
        if len(value) > spec.limit:
            yield Problem(key, over_limit(len(value), spec.limit))
        if UNSAFE.search(value):
            yield Problem(key, _("This text holds characters that cannot be shown."))
    for key in texts.keys() - known.keys():
        # A row that has gone leaves texts of translations behind; they do no harm and may come back with the row.
        if not (translation and shape.spec_of(key)):
            yield Problem(key, _("There is no such field."))


def over_limit(length: int, limit: int) -> str:
    """The sentence that says by how much a text is too long."""
    return ngettext(
        "This text is %(over)d character too long (at most %(limit)d).",
        "This text is %(over)d characters too long (at most %(limit)d).",
        length - limit,
    ) % {"over": length - limit, "limit": limit}


def neutral_problems(shape: Shape, document: Document, *, lenient: bool = False) -> Iterator[Problem]:
    """What is wrong with everything neutral in a source document."""
    neutral = document.get("neutral", {})
    known = {spec.name for spec in shape.neutral}
    for name in neutral.keys() - known:
        yield Problem(name, _("There is no such field."))
    for spec in shape.neutral:
        yield from _tried(spec.name, spec, neutral.get(spec.name), lenient)
    children = document.get("children", {})
    for name in children.keys() - {child.name for child in shape.children}:
        yield Problem(name, _("There is no such field."))
    for child in shape.children:
        yield from child_problems(child, children.get(child.name, []), lenient=lenient)


def child_problems(child: ChildSpec, rows: Any, *, lenient: bool = False) -> Iterator[Problem]:
    """What is wrong with the rows of one kind."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        yield Problem(child.name, _("This must be a list of rows."))
        return
    if len(rows) > child.maximum:
        yield Problem(child.name, _("At most %(maximum)d are allowed.") % {"maximum": child.maximum})
    seen: set[str] = set()
    for row in rows:
        row_id = row.get("id", "")
        if not isinstance(row_id, str) or not CHILD_ID.fullmatch(row_id) or row_id in seen:
            yield Problem(child.name, _("Each row needs an id of its own."))
            continue
        seen.add(row_id)
        for name in row.keys() - {"id"} - {spec.name for spec in child.neutral}:
            yield Problem(f"{child.key}.{row_id}.{name}", _("There is no such field."))
        for spec in child.neutral:
            yield from _tried(f"{child.key}.{row_id}.{spec.name}", spec, row.get(spec.name), lenient)


def _tried(key: str, spec: Any, value: Any, lenient: bool) -> Iterator[Problem]:
    try:
        spec.clean(value, lenient=lenient)
    except ValidationError as error:
        for message in error.messages:
            yield Problem(key, message)


def normalised(shape: Shape, document: Document) -> Document:
    """A source document that passed its checks, in the one form that is kept: every name there, texts trimmed."""
    return {
        "texts": cleaned_texts(shape, document, document),
        "neutral": {
            spec.name: spec.clean(document.get("neutral", {}).get(spec.name), lenient=True) for spec in shape.neutral
        },
        "children": {
            child.name: [
                {"id": row["id"], **{spec.name: spec.clean(row.get(spec.name), lenient=True) for spec in child.neutral}}
                for row in document.get("children", {}).get(child.name, [])
            ]
            for child in shape.children
        },
    }


def cleaned_texts(shape: Shape, document: Document, source: Document) -> dict[str, str]:
    """The non-empty texts of ``document`` that ``source`` has a place for, trimmed."""
    texts = document.get("texts", {})
    cleaned = {key: clean_text(texts.get(key, "")) for key, _spec in text_keys(shape, source)}
    return {key: value for key, value in cleaned.items() if value}


# ---------------------------------------------------------------- the live row


def source_document(record: Record) -> Document:
    """What the live row holds in its source language, with everything neutral."""
    shape = record.shape
    language = record.source_language
    children = {child.name: list(getattr(record, child.name).all()) for child in shape.children}
    return {
        "texts": live_texts(record, language, children),
        "neutral": {spec.name: _live_value(record, spec.name) for spec in shape.neutral},
        "children": {
            child.name: [
                {"id": row.stable_id, **{spec.name: _live_value(row, spec.name) for spec in child.neutral}}
                for row in children[child.name]
            ]
            for child in shape.children
        },
    }


def translation_document(record: Record, language: str) -> Document:
    """What the live row holds in ``language``."""
    children = {child.name: list(getattr(record, child.name).all()) for child in record.shape.children}
    return {"texts": live_texts(record, language, children)}


def live_texts(record: Record, language: str, children: dict[str, list[Any]]) -> dict[str, str]:
    """The non-empty texts of one language, by key."""
    texts = {spec.name: getattr(record, f"{spec.name}_{language}") for spec in record.shape.texts}
    for child in record.shape.children:
        for row in children[child.name]:
            for spec in child.texts:
                texts[f"{child.key}.{row.stable_id}.{spec.name}"] = getattr(row, f"{spec.name}_{language}")
    return {key: value for key, value in texts.items() if value}


def _live_value(row: Any, name: str) -> Any:
    if name == "topics":
        return list(row.topic_order)
    value = getattr(row, name)
    return value.isoformat() if hasattr(value, "isoformat") else value


def write_source(record: Record, document: Document) -> None:
    """Bring an accepted source document into the live row. Rows keep their ids, and so their translations."""
    shape = record.shape
    texts = document["texts"]
    for spec in shape.texts:
        setattr(record, f"{spec.name}_{record.source_language}", texts.get(spec.name, ""))
    for spec in shape.neutral:
        value = document["neutral"].get(spec.name)
        if spec.name == "topics":
            record.topic_order = value
        else:
            setattr(record, spec.name, record._meta.get_field(spec.name).to_python(value))
    record.source_title = texts.get("title", "")
    record.source_summary = texts.get("summary", "")
    naming.derive(record)
    record.save()
    record.topics.set(record.topic_order)
    for child in shape.children:
        _write_rows(record, child, document)


def _write_rows(record: Record, child: ChildSpec, document: Document) -> None:
    manager = getattr(record, child.name)
    wanted = document["children"].get(child.name, [])
    manager.exclude(stable_id__in=[row["id"] for row in wanted]).delete()
    present = {row.stable_id: row for row in manager.all()}
    for position, entry in enumerate(wanted):
        row = present.get(entry["id"]) or manager.model(record=record, stable_id=entry["id"])
        row.position = position
        for spec in child.neutral:
            setattr(row, spec.name, entry.get(spec.name))
        for spec in child.texts:
            key = f"{child.key}.{entry['id']}.{spec.name}"
            setattr(row, f"{spec.name}_{record.source_language}", document["texts"].get(key, ""))
        row.save()


def write_translation(record: Record, language: str, document: Document) -> None:
    """Bring an accepted translation into the live row's columns of ``language``."""
    texts = document.get("texts", {})
    for spec in record.shape.texts:
        setattr(record, f"{spec.name}_{language}", texts.get(spec.name, ""))
    naming.derive(record)
    record.save()
    for child in record.shape.children:
        if not child.texts:
            continue
        for row in getattr(record, child.name).all():
            for spec in child.texts:
                setattr(row, f"{spec.name}_{language}", texts.get(f"{child.key}.{row.stable_id}.{spec.name}", ""))
            row.save()


def named_files(document: Document) -> set[str]:
    """The digests of all files that a source document names."""
    return {row["file"] for rows in document.get("children", {}).values() for row in rows if row.get("file")}
