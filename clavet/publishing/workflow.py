"""The life of revisions: opened, saved, submitted, decided. Every way in (views, admin, commands) calls these.

Each function checks permission, locks, changes state, writes the log and brings about the effect, in one transaction.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from clavet.publishing import codes, documents, effects, freshness
from clavet.publishing.actors import Actor, account, require
from clavet.publishing.documents import Document
from clavet.publishing.errors import Conflict, Invalid, WrongState
from clavet.publishing.models import Code, LogEntry, PublishingRules, Record, Revision, Translation, Version
from clavet.publishing.models.revisions import Method, Part
from clavet.publishing.registry import record_of


def lock(code: str) -> Record:
    """The record behind ``code``, locked until the transaction ends: one change at a time."""
    Code.objects.select_for_update().get(value=code)
    return record_of(code)


def log(
    record: Any, action: str, actor: Actor, *, revision: Revision | None = None, at: datetime.datetime, **fields: Any
) -> LogEntry:
    """Write down a step of a record, or of what has the code of one; ``fields`` are those of ``LogEntry``."""
    by = account(actor)
    return LogEntry.objects.create(
        code_id=record.code_id,
        revision=revision,
        action=action,
        actor=by,
        by_operator=by is None,
        language=revision.language if revision else "",
        at=at,
        **fields,
    )


@transaction.atomic
def create_record(
    model: type[Record], *, actor: Actor, source_language: str, code: str | None = None, **fields: Any
) -> Record:
    """A new, unpublished record with its code; with ``code`` (from an import) under that one.

    Raises ``NotAllowed``, and ``ValueError`` for a code that is not free.
    """
    require("publishing.create_record", actor, model)
    entry = codes.reserve(code) if code else codes.allot(model.shape.prefix)
    record = model.objects.create(code=entry, source_language=source_language, owner=account(actor), **fields)
    log(record, "created", actor, at=timezone.now())
    return record


@transaction.atomic
def open_revision(record: Record, language: str, *, actor: Actor, method: str = Method.HUMAN) -> Revision:
    """The open revision of ``record`` in ``language``: the one there is, or a new draft of what is live.

    A draft of a translation starts from the text that readers have now and is based on the version of now.
    """
    is_source = language == record.source_language
    kind = Revision.Kind.SOURCE if is_source else Revision.Kind.TRANSLATION
    require("publishing.open_revision", actor, Revision(code_id=record.code_id, kind=kind, language=language))
    record = lock(record.code_id)
    if record.status == Record.Status.WITHDRAWN:
        raise WrongState("the record is withdrawn")
    revision = Revision.objects.open().filter(code_id=record.code_id, language=language).first()
    if revision:
        return revision
    if not is_source and not record.version:
        raise WrongState("there is no accepted source text to translate yet")
    now = timezone.now()
    current = Translation.objects.current().filter(code_id=record.code_id, language=language).first()
    if is_source:
        document = documents.source_document(record) if record.version else documents.blank()
    else:
        document = documents.translation_document(record, language)
    revision = Revision.objects.create(
        code_id=record.code_id,
        kind=kind,
        language=language,
        base_version=record.version,
        method=method,
        part=current.part if current else Part.FULL,
        translator_name=current.translator_name if current else "",
        document=document,
        author=account(actor),
        saved_at=now,
    )
    log(record, "opened", actor, revision=revision, after=revision.state, at=now)
    return revision


@transaction.atomic
def prepare_translation(
    record: Record,
    language: str,
    document: Document,
    *,
    actor: Actor,
    method: str,
    part: str,
    translator_name: str = "",
) -> Revision:
    """A draft translation of the first version of ``record``, made before that is accepted: beside its source text.

    It is submitted once there is that version. ``WrongState`` where there is one already, or a draft in ``language``.
    """
    kind = Revision.Kind.TRANSLATION
    require("publishing.open_revision", actor, Revision(code_id=record.code_id, kind=kind, language=language))
    record = lock(record.code_id)
    taken = Revision.objects.open().filter(code_id=record.code_id, language=language).exists()
    if record.version or taken or language == record.source_language:
        raise WrongState("only what nobody has published yet is translated beforehand")
    now = timezone.now()
    revision = Revision.objects.create(
        code_id=record.code_id,
        kind=kind,
        language=language,
        base_version=1,
        method=method,
        part=part,
        translator_name=translator_name,
        document=document,
        author=account(actor),
        saved_at=now,
    )
    log(record, "opened", actor, revision=revision, after=revision.state, at=now)
    return revision


def _locked(revision: Revision) -> tuple[Record, Revision]:
    """The record and the revision as they stand now, locked. Always in this order, so that no two wait for each
    other."""
    record = lock(revision.code_id)
    return record, Revision.objects.select_for_update().get(pk=revision.pk)


def step(mark: Any) -> None:
    """Take one step in the graph of states; ``WrongState`` where there is none from here."""
    try:
        mark()
    except TransitionNotAllowed as error:
        raise WrongState(str(error)) from error


@transaction.atomic
def save_revision(revision: Revision, document: Document, *, actor: Actor, seen: int, **fields: Any) -> Revision:
    """Save ``document`` into an open draft. ``seen`` is the ``saved`` number of what the person had before her.

    ``fields`` may set ``part``, ``method``, ``translator_name`` and ``base_version`` of a translation. An unfinished
    text may be saved, an impossible one not. Raises ``Conflict`` where somebody else saved since, ``WrongState``
    where it is no longer a draft, ``NotAllowed``.
    """
    record, current = _locked(revision)
    require("publishing.save_revision", actor, current)
    if current.saved != seen:
        raise Conflict(current)
    if current.state != Revision.State.DRAFT:
        raise WrongState("only a draft can be edited")
    current.document = document
    current.saved += 1
    current.saved_at = timezone.now()
    by = account(actor)
    if by is not None and by.pk not in current.contributors:
        current.contributors = [*current.contributors, by.pk]
    for name in ("part", "method", "translator_name", "base_version"):
        if name in fields and not current.is_source:
            setattr(current, name, fields.pop(name))
    if not current.is_source and not 1 <= current.base_version <= (record.version or 1):
        raise WrongState("there is no such version")
    current.save()
    return current


def seen_of(record: Record, language: str) -> str:
    """What somebody has before her who opens the text of ``language`` now: which revision, how often saved, over which
    live text. It differs as soon as anybody saves or anything is accepted."""
    revision = Revision.objects.open().filter(code_id=record.code_id, language=language).first()
    live = str(record.version)
    if language != record.source_language:
        current = Translation.objects.current().filter(code_id=record.code_id, language=language).first()
        live = f"{current.pk}-{current.accepted_at.timestamp()}" if current else ""
    return f"{revision.pk}.{revision.saved}.{live}" if revision else f"0.0.{live}"


@transaction.atomic
def write_revision(
    record: Record, language: str, document: Document, *, actor: Actor, seen: str, **fields: Any
) -> Revision:
    """Open a draft of ``language`` if there is none, and save ``document`` into it, as one step.

    ``seen`` is what ``seen_of`` said when the person opened the text: a draft that somebody else saved since, or a text
    that was accepted since, raises ``Conflict``, and nothing is overwritten. ``fields`` as for ``save_revision``.
    """
    record = lock(record.code_id)
    if seen != seen_of(record, language):
        raise Conflict(Revision.objects.filter(code_id=record.code_id, language=language).first())
    revision = open_revision(record, language, actor=actor)
    return save_revision(revision, document, actor=actor, seen=revision.saved, **fields)


def problems_of(record: Record, revision: Revision, *, lenient: bool = False) -> list[documents.Problem]:
    """Everything that keeps the text of ``revision`` from being accepted."""
    shape, document = record.shape, revision.document
    if revision.is_source:
        found = list(documents.neutral_problems(shape, document, lenient=lenient))
        if any(problem.key in {child.name for child in shape.children} for problem in found):
            return found
        found += documents.text_problems(shape, document, document, lenient=lenient)
        if not lenient:
            found += [documents.Problem(key, str(message)) for key, message in shape.missing(document)]
        return found
    source = source_behind(record, revision)
    return list(documents.text_problems(shape, document, source, part=revision.part, lenient=lenient))


def source_behind(record: Record, translation: Revision) -> Document:
    """The source text that a translation is made of: a version, or before there is any the one being written."""
    version = Version.objects.filter(code_id=record.code_id, number=translation.base_version).first()
    if version is not None:
        return version.document
    draft = Revision.objects.open().filter(code_id=record.code_id, language=record.source_language).first()
    return {**documents.blank(), **(draft.document if draft else {})}


@transaction.atomic
def submit_revision(revision: Revision, *, actor: Actor, lenient: bool = False) -> Revision:
    """Draft to submitted. ``Invalid`` says what is missing; the draft stays as it is then."""
    record, current = _locked(revision)
    require("publishing.submit_revision", actor, current)
    if not current.is_source and not record.version:
        raise WrongState("the source text is accepted before its translations")
    found = problems_of(record, current, lenient=lenient)
    if found:
        raise Invalid(found)
    return _move(record, current, current.mark_submitted, "submitted", actor)


@transaction.atomic
def return_revision(revision: Revision, *, actor: Actor, reason: str = "") -> Revision:
    """Submitted back to draft, with what should change; also how an author takes a text back to go on with it."""
    record, current = _locked(revision)
    require("publishing.return_revision", actor, current)
    return _move(record, current, current.mark_returned, "returned", actor, reason)


@transaction.atomic
def reject_revision(revision: Revision, *, actor: Actor, reason: str) -> Revision:
    """Submitted to rejected, for ``reason``; what is live stays as it is."""
    record, current = _locked(revision)
    require("publishing.reject_revision", actor, current)
    return _move(record, current, current.mark_rejected, "rejected", actor, reason)


@transaction.atomic
def withdraw_revision(revision: Revision, *, actor: Actor, reason: str = "") -> Revision:
    """An open revision is given up; what is live stays as it is."""
    record, current = _locked(revision)
    require("publishing.withdraw_revision", actor, current)
    return _move(record, current, current.mark_withdrawn, "withdrawn", actor, reason)


def _move(record: Record, revision: Revision, mark: Any, action: str, actor: Actor, reason: str = "") -> Revision:
    """Take a step of the graph, and write it down."""
    before = revision.state
    step(mark)
    now = timezone.now()
    if action == "submitted":
        revision.submitted_at = now
    else:
        revision.decided_at, revision.decided_by, revision.decision_reason = now, account(actor), reason
    revision.save()
    log(record, action, actor, revision=revision, before=before, after=revision.state, reason=reason, at=now)
    return revision


@transaction.atomic
def accept_revision(
    revision: Revision,
    *,
    actor: Actor,
    significance: str = "",
    change_note: dict[str, str] | None = None,
    now: datetime.datetime | None = None,
    lenient: bool = False,
) -> Record:
    """Make a submitted revision public: live columns, version or translation, state, facets, log.

    A source revision needs a ``significance`` from its second version on; ``change_note`` is a line on what
    changed, by language. Raises ``NotAllowed``, ``WrongState``, ``Invalid``; then nothing has changed.
    """
    record, current = _locked(revision)
    require("publishing.accept_revision", actor, current)
    if record.status == Record.Status.WITHDRAWN:
        raise WrongState("the record is withdrawn")
    found = problems_of(record, current, lenient=lenient)
    if found:
        raise Invalid(found)
    now = now or timezone.now()
    before = current.state
    step(current.mark_accepted)
    current.decided_at, current.decided_by = now, account(actor)
    if current.is_source:
        _accept_source(record, current, actor, significance, change_note or {}, now)
    else:
        _accept_translation(record, current, actor, now)
    current.save()
    freshness.refresh(record.code_id)
    record = record_of(record.code_id)
    effects.public_change(record.code_id)
    details = {"version": record.version} if current.is_source else {"version": current.base_version}
    log(record, "accepted", actor, revision=current, before=before, after=current.state, details=details, at=now)
    return record


def _accept_source(
    record: Record,
    revision: Revision,
    actor: Actor,
    significance: str,
    change_note: dict[str, str],
    now: datetime.datetime,
) -> None:
    if revision.base_version != record.version:
        raise WrongState("the live text has changed since this revision was opened")
    if record.version and significance not in Version.Significance.values:
        raise WrongState("a change needs a significance")
    revision.document = documents.normalised(record.shape, revision.document)
    record.version += 1
    record.changed_at = now
    Version.objects.create(
        code_id=record.code_id,
        number=record.version,
        language=record.source_language,
        significance=significance or Version.Significance.MAJOR,
        change_note=change_note,
        document=revision.document,
        accepted_at=now,
        accepted_by=account(actor),
    )
    if record.status == Record.Status.UNPUBLISHED:
        step(record.mark_published)
        record.published_at = now
    if record.version == 1 or significance != Version.Significance.EDITORIAL:
        months = revision.document["neutral"].get("review_months") or PublishingRules.in_force().review_months
        record.review_by = add_months(now.date(), months)
    documents.write_source(record, revision.document)
    # Rows may have come back that had gone: their translations come back with them.
    for translation in Translation.objects.current().filter(code_id=record.code_id):
        documents.write_translation(record, translation.language, translation.document)


def _accept_translation(record: Record, revision: Revision, actor: Actor, now: datetime.datetime) -> None:
    others = Translation.objects.filter(code_id=record.code_id, language=revision.language)
    if others.filter(version_number__gt=revision.base_version).exists():
        raise WrongState("a translation of a later version is live already")
    version = Version.objects.get(code_id=record.code_id, number=revision.base_version)
    if version.withheld:
        raise WrongState("the version that this translates is withheld")
    revision.document = {"texts": documents.cleaned_texts(record.shape, revision.document, version.document)}
    if revision.part == Part.SUMMARY:
        texts = revision.document["texts"]
        summary = {spec.name for spec in record.shape.texts if spec.summary}
        revision.document = {"texts": {key: value for key, value in texts.items() if key in summary}}
    others.update(is_current=False)
    Translation.objects.update_or_create(
        code_id=record.code_id,
        version_number=revision.base_version,
        language=revision.language,
        defaults={
            "part": revision.part,
            "method": revision.method,
            "translator_name": revision.translator_name,
            "document": revision.document,
            "accepted_at": now,
            "accepted_by": account(actor),
            "is_current": True,
        },
    )
    record.changed_at = now
    documents.write_translation(record, revision.language, revision.document)


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day ``months`` later, or the last day of that month where it is shorter."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    first_of_next = datetime.date(year + month // 12, month % 12 + 1, 1)
    return datetime.date(year, month, min(day.day, (first_of_next - datetime.timedelta(days=1)).day))
