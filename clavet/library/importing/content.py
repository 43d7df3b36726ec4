"""The content of an entry: held against the shape of its kind, and against what stands already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clavet.library import interchange
from clavet.library.importing.findings import Finding
from clavet.library.interchange import Entry
from clavet.publishing import documents, files
from clavet.publishing.models import Record, Revision, StoredFile
from clavet.publishing.models.revisions import Part
from clavet.publishing.shape import Shape


def check_entry(
    model: type[Record], number: int, entry: Entry, *, lenient: bool, folder: Path | None
) -> Iterator[Finding]:
    """What is wrong with the content of one entry."""
    shape, language = model.shape, entry["source_language"]
    for row in interchange.named_files(entry):
        why = bring_file(row, folder)
        if why:
            yield Finding(number, f"attachments.{row.get('id')}", why)
    source = interchange.source_of(shape, entry, language)
    problems = list(documents.neutral_problems(shape, source, lenient=lenient))
    if not problems:
        problems += documents.text_problems(shape, source, source, lenient=lenient)
        if not lenient:
            problems += [documents.Problem(key, str(why)) for key, why in shape.missing(source)]
    for problem in problems:
        yield Finding(
            number, f"{problem.key}.{language}" if problem.key in source["texts"] else problem.key, problem.message
        )
    if problems:
        return
    yield from translations_checked(shape, number, entry, source, lenient=lenient)
    record = model.objects.filter(code_id=entry["code"]).first()
    if record is not None:
        yield from clash(number, entry, record)


def translations_checked(shape: Shape, number: int, entry: Entry, source: Entry, *, lenient: bool) -> Iterator[Finding]:
    """What is wrong with the translations of one entry, each held against the version that it translates."""
    earlier = entry.get("earlier") or []
    for code in interchange.languages_of(shape, entry):
        if code == entry["source_language"] or stands_earlier(entry, code):
            continue
        about = about_translation(shape, entry, code, lenient=lenient)
        original = source if about["version"] > len(earlier) else earlier[about["version"] - 1].get("document")
        if original is None:
            yield Finding(number, f"translations.{code}.version", "that version is withheld")
            continue
        texts = {"texts": interchange.texts_of(shape, entry, code)}
        for problem in documents.text_problems(shape, texts, original, part=about["part"], lenient=lenient):
            yield Finding(number, f"{problem.key}.{code}", problem.message)


def stands_earlier(entry: Entry, language: str) -> bool:
    """Whether the translation that readers have in ``language`` stands, whole, with the version that it translates."""
    version = (entry.get("translations") or {}).get(language, {}).get("version")
    earlier = entry.get("earlier") or []
    return bool(version) and version <= len(earlier) and language in (earlier[version - 1].get("translations") or {})


def clash(number: int, entry: Entry, record: Record) -> Iterator[Finding]:
    """Why an entry cannot become a new version of the record that has its code."""
    if record.source_language != entry["source_language"]:
        yield Finding(
            number,
            "source_language",
            _("%(code)s is written in %(language)s.") % {"code": record.code_id, "language": record.source_language},
        )
    if record.status == Record.Status.WITHDRAWN:
        yield Finding(number, "code", _("%(code)s is withdrawn.") % {"code": record.code_id})
    languages = interchange.languages_of(record.shape, entry)
    for language in Revision.objects.open().filter(code_id=record.code_id, language__in=languages).values_list(
        "language", flat=True
    ):  # fmt: skip
        why = _("Somebody is working on %(code)s in %(language)s.") % {"code": record.code_id, "language": language}
        yield Finding(number, "code", why)


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


def part_of(shape: Shape, entry: Entry, language: str, *, lenient: bool) -> str:
    """How far the translation in ``language`` goes: as the entry says, else title and summary if there is no more
    (in a lenient import whatever there is counts as all there is)."""
    said = (entry.get("translations") or {}).get(language, {}).get("part")
    if said or lenient:
        return said or Part.FULL
    present = {spec.name for spec in shape.texts if entry.get(spec.name, {}).get(language)}
    summary = {spec.name for spec in shape.texts if spec.summary}
    return Part.SUMMARY if present and present <= summary and "summary" in present else Part.FULL


def about_translation(shape: Shape, entry: Entry, language: str, *, lenient: bool) -> Entry:
    """What the entry says of a translation, with what it leaves out."""
    latest = len(entry.get("earlier") or []) + 1
    about = dict((entry.get("translations") or {}).get(language, {}))
    about["version"] = min(about.get("version") or latest, latest)
    about["part"] = part_of(shape, entry, language, lenient=lenient)
    return about
