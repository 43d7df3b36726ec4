"""Bringing checked entries in, through the same functions that people use."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from clavet.library import interchange
from clavet.library.importing.content import about_translation, stands_earlier
from clavet.library.importing.form import DATES
from clavet.library.interchange import Entry
from clavet.publishing import documents, lifecycle, workflow
from clavet.publishing.actors import OPERATOR, Actor
from clavet.publishing.models import Record, Version
from clavet.publishing.models.revisions import Method, Part


def write_entry(model: type[Record], entry: Entry, *, lenient: bool, actor: Actor = OPERATOR) -> Record:
    """Bring a checked entry in through the same functions that people use."""
    record = model.objects.filter(code_id=entry["code"]).first()
    if record is not None:
        return renew(record, entry, lenient=lenient, actor=actor)
    flags = {"is_sample": bool(entry.get("sample")), "is_example": bool(entry.get("example"))}
    record = model.objects.create(code_id=entry["code"], source_language=entry["source_language"], **flags)
    workflow.log(record, "imported", actor, at=timezone.now())
    for version in interchange.earlier_documents(model, entry):
        write_earlier(record, version, lenient=lenient)
    source = interchange.source_of(record.shape, entry, record.source_language)
    put(record, record.source_language, source, entry, lenient=lenient, actor=actor)
    translations = [
        (about_translation(record.shape, entry, language, lenient=lenient), language)
        for language in interchange.languages_of(record.shape, entry)
        if language != record.source_language and not stands_earlier(entry, language)
    ]
    for about, language in sorted(translations, key=lambda item: (item[0]["version"], item[1])):
        texts = interchange.texts_of(record.shape, entry, language)
        put(record, language, {"texts": texts}, about, lenient=lenient, actor=actor)
    return finish(record, entry, actor)


def write_earlier(record: Record, version: Entry, *, lenient: bool) -> None:
    """Write an earlier version with the translations that hung on it."""
    if version.get("withheld"):
        write_withheld(record, version)
        return
    put(record, record.source_language, version["document"], version, lenient=True)
    for language, about in (version.get("translations") or {}).items():
        put(record, language, about["document"], {**about, "version": version["number"]}, lenient=True)


def write_withheld(record: Record, version: Entry) -> None:
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
    type(record).objects.filter(pk=record.pk).update(version=version["number"])


def put(
    record: Record,
    language: str,
    document: documents.Document,
    about: Entry,
    *,
    lenient: bool,
    actor: Actor = OPERATOR,
) -> None:
    """Open, save, submit and accept one text, as a person would."""
    record = fresh(record)
    revision = workflow.open_revision(record, language, actor=actor, method=about.get("method", Method.HUMAN))
    fields = {
        "part": about.get("part", Part.FULL),
        "method": about.get("method", Method.HUMAN),
        "translator_name": about.get("translator", ""),
        "base_version": about.get("version") or record.version,
    }
    revision = workflow.save_revision(
        revision, document, actor=actor, seen=revision.saved, **({} if revision.is_source else fields)
    )
    revision = workflow.submit_revision(revision, actor=actor, lenient=lenient)
    workflow.accept_revision(
        revision,
        actor=actor,
        significance=about.get("significance") or (Version.Significance.MEDIUM if record.version else ""),
        change_note=about.get("change_note") or {},
        now=moment(about),
        lenient=lenient,
    )


def fresh(record: Record) -> Record:
    """The record as it stands now."""
    return type(record).objects.get(pk=record.pk)


def moment(about: Entry) -> datetime.datetime | None:
    """When something was accepted, if the entry says so."""
    return parse_datetime(about["accepted_at"]) if about.get("accepted_at") else None


def renew(record: Record, entry: Entry, *, lenient: bool, actor: Actor) -> Record:
    """A new version of a known record; what has not changed is left alone."""
    source = interchange.source_of(record.shape, entry, record.source_language)
    if documents.normalised(record.shape, source) != documents.source_document(record):
        about = {key: entry.get(key) for key in ("significance", "change_note")}
        put(record, record.source_language, source, about, lenient=lenient, actor=actor)
    record = fresh(record)
    for language in interchange.languages_of(record.shape, entry):
        texts = interchange.texts_of(record.shape, entry, language)
        if language != record.source_language and documents.translation_document(record, language)["texts"] != texts:
            about = {
                **about_translation(record.shape, entry, language, lenient=lenient),
                "version": None,
                "accepted_at": None,
            }
            put(record, language, {"texts": texts}, about, lenient=lenient, actor=actor)
    return fresh(record)


def finish(record: Record, entry: Entry, actor: Actor) -> Record:
    """Dates as the entry gives them, and archived if it says so."""
    record = fresh(record)
    given = {name: DATES[name](entry[name]) for name in DATES if entry.get(name) and name != "accepted_at"}
    if entry.get("status") == Record.Status.ARCHIVED:
        record = lifecycle.archive_record(record, actor=actor)
    type(record).objects.filter(pk=record.pk).update(**given)
    return record
