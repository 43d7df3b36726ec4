"""Records as JSON Lines: one record a line, for moving content between installations (format: docs/interchange.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from clavet.languages import CODES
from clavet.publishing.documents import Document
from clavet.publishing.freshness import state_of
from clavet.publishing.models import Record, StoredFile, Translation, Version
from clavet.publishing.shape import Shape

Entry = dict[str, Any]


def dump(entry: Entry) -> str:
    """One line, always the same for the same entry."""
    return json.dumps(entry, ensure_ascii=False, separators=(", ", ": ")) + "\n"


def export_entries(model: type[Record]) -> Iterator[Entry]:
    """Every record of a kind that the public may read, by code, with all its versions."""
    for record in model.objects.visible_to(None, archived=True).with_rows().order_by("code_id"):
        yield export_entry(record)


def export_entry(record: Record) -> Entry:
    """One record: what is live in the form of design.md, then its earlier versions as documents."""
    versions = list(Version.objects.filter(code_id=record.code_id).order_by("number"))
    translations = list(Translation.objects.filter(code_id=record.code_id).order_by("language", "version_number"))
    live = next(version for version in versions if version.number == record.version)
    current = {item.language: item for item in translations if item.is_current}
    entry: Entry = {
        "code": record.code_id,
        "status": record.status,
        "source_language": record.source_language,
        "version": record.version,
        "significance": live.significance,
        "change_note": live.change_note,
        "accepted_at": live.accepted_at.isoformat(),
        "published_at": record.published_at.isoformat(),
        "changed_at": record.changed_at.isoformat(),
        "review_by": record.review_by.isoformat() if record.review_by else None,
        "confirmed_on": record.confirmed_on.isoformat() if record.confirmed_on else None,
        "sample": record.is_sample,
        "example": record.is_example,
        **live.document["neutral"],
    }
    documents = {record.source_language: live.document, **{key: item.document for key, item in current.items()}}
    entry |= texts_by_language(record.shape, documents)
    entry["translations"] = {code: about_translation(current[code]) for code in CODES if code in current}
    entry |= rows_by_language(record.shape, live.document, documents)
    entry["earlier"] = [
        export_version(version, [item for item in translations if item.version_number == version.number])
        for version in versions
        if version.number < record.version
    ]
    behind = [item for item in translations if item.version_number == record.version and not item.is_current]
    assert not behind, "a translation of the latest version is always the current one"  # noqa: S101
    return entry


def texts_by_language(shape: Shape, documents: dict[str, Document]) -> Entry:
    """``{"title": {"en": …, "el": …}, …}`` for every text that anybody wrote."""
    found: Entry = {}
    for spec in shape.texts:
        texts = {code: documents[code]["texts"].get(spec.name) for code in CODES if code in documents}
        texts = {code: text for code, text in texts.items() if text}
        if texts:
            found[spec.name] = texts
    return found


def rows_by_language(shape: Shape, source: Document, documents: dict[str, Document]) -> Entry:
    """The rows with their neutral fields and their texts by language."""
    found: Entry = {}
    for child in shape.children:
        rows = []
        for row in source["children"].get(child.name, []):
            entry = {("sha256" if name == "file" else name): value for name, value in row.items()}
            for spec in child.texts:
                key = f"{child.key}.{row['id']}.{spec.name}"
                texts = {code: documents[code]["texts"].get(key) for code in CODES if code in documents}
                entry[spec.name] = {code: text for code, text in texts.items() if text}
            rows.append(entry)
        found[child.name] = rows
    return found


def about_translation(translation: Translation) -> Entry:
    """Of which version a translation is, how it was made, how far it goes and how it stands."""
    return {
        "version": translation.version_number,
        "part": translation.part,
        "method": translation.method,
        "translator": translation.translator_name,
        "state": state_of(translation, timezone.now()).value,
        "accepted_at": translation.accepted_at.isoformat(),
    }


def export_version(version: Version, translations: list[Translation]) -> Entry:
    """An earlier version as it was accepted; of a withheld one only that it is withheld."""
    entry: Entry = {
        "number": version.number,
        "significance": version.significance,
        "accepted_at": version.accepted_at.isoformat(),
    }
    if version.withheld:
        return entry | {"withheld": version.withheld, "withheld_on": version.withheld_on.isoformat()}
    entry["change_note"] = version.change_note
    entry["document"] = version.document
    entry["translations"] = {
        item.language: {
            "part": item.part,
            "method": item.method,
            "translator": item.translator_name,
            "accepted_at": item.accepted_at.isoformat(),
            "document": item.document,
        }
        for item in translations
    }
    return entry


def named_digests(entries: list[Entry]) -> set[str]:
    """The digests of all files that any version in ``entries`` names."""
    return {row["sha256"] for entry in entries for row in named_files(entry)}


def named_files(entry: Entry) -> list[Entry]:
    """The files that any version in ``entry`` names, each as a row with ``id``, ``name`` and ``sha256``."""
    rows = list(entry.get("attachments") or [])
    for version in entry.get("earlier") or []:
        for row in version.get("document", {}).get("children", {}).get("attachments", []):
            rows.append({"id": row.get("id"), "name": row.get("name"), "sha256": row.get("file")})
    return rows


def stored_files(digests: set[str]) -> Iterator[StoredFile]:
    """The files behind ``digests``."""
    yield from StoredFile.objects.filter(pk__in=digests).order_by("pk")


# ---------------------------------------------------------------- from an entry to documents

FILE_NAME = {"sha256": "file"}
# What a line may hold beside texts, neutral fields and rows.
ABOUT = {
    "code", "status", "source_language", "version", "significance", "change_note", "accepted_at",
    "published_at", "changed_at", "review_by", "confirmed_on", "sample", "example", "translations", "earlier",
}  # fmt: skip


def source_of(shape: Shape, entry: Entry, language: str) -> Document:
    """The source document in ``entry``."""
    neutral = {spec.name: entry[spec.name] for spec in shape.neutral if spec.name in entry}
    neutral.setdefault("licence", "CC-BY-4.0")
    children = {}
    for child in shape.children:
        texts = {spec.name for spec in child.texts}
        children[child.name] = [
            {FILE_NAME.get(name, name): value for name, value in row.items() if name not in texts}
            for row in entry.get(child.name) or []
        ]
    return {"texts": texts_of(shape, entry, language), "neutral": neutral, "children": children}


def texts_of(shape: Shape, entry: Entry, language: str) -> dict[str, str]:
    """All texts of one language in ``entry``, by key."""
    found = {spec.name: entry.get(spec.name, {}).get(language) for spec in shape.texts}
    for child in shape.children:
        for row in entry.get(child.name) or []:
            for spec in child.texts:
                found[f"{child.key}.{row.get('id')}.{spec.name}"] = (row.get(spec.name) or {}).get(language)
    return {key: text for key, text in found.items() if text}


def languages_of(shape: Shape, entry: Entry) -> list[str]:
    """The languages that ``entry`` has a text of the record itself in."""
    present = {code for spec in shape.texts for code in entry.get(spec.name, {})}
    return [code for code in CODES if code in present]


def earlier_documents(record: type[Record], entry: Entry) -> list[Entry]:
    """The earlier versions of ``entry``, in their order."""
    return sorted(entry.get("earlier") or [], key=lambda version: version["number"])
