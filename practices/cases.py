"""What authors do with their case: begin, write, hand in, reply, give up. See also ``reviewing`` and ``deciding``.

Every function here is one transaction: permission, lock, state, log, effect. Raises ``NotAllowed``, ``WrongState``,
``Conflict`` or ``Invalid`` (clavet.publishing.errors), and then nothing has changed.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from clavet.publishing import documents, workflow
from clavet.publishing.actors import OPERATOR, Actor, InCase, require
from clavet.publishing.documents import Document
from clavet.publishing.errors import WrongState
from clavet.publishing.models import Revision
from network.models import Authority
from practices import limits, mails
from practices.models import Case, Practice, Remark


def lock(case: Case) -> Case:
    """The case as it stands now, locked until the transaction ends: one step at a time.

    Its record is locked first, as everywhere in publishing, so that no two wait for each other.
    """
    workflow.lock(case.code_id)
    return Case.objects.select_for_update().select_related("revision").get(pk=case.pk)


def move(
    case: Case, mark: Any, action: str, actor: Actor, *, reason: str = "", due: int = 0, details: dict | None = None
) -> Case:
    """Take a step of the graph and write it down. ``due``: working days until the next step is due; 0 for no limit."""
    before = case.state
    workflow.step(mark)
    case.state_since = timezone.now()
    case.due_on = limits.working_days_after(timezone.localdate(), due) if due else None
    case.save()
    note(case, action, actor, before=before, after=case.state, reason=reason, details=details)
    return case


def note(case: Case, action: str, actor: Actor, *, details: dict | None = None, **fields: Any) -> None:
    """Write down a step of the case."""
    person = actor.person if isinstance(actor, InCase) else actor
    workflow.log(
        case,
        action,
        person,
        revision=case.revision,
        at=timezone.now(),
        details={"case": case.pk, **(details or {})},
        **fields,
    )


# ---------------------------------------------------------------- a new practice, or a change of one


@transaction.atomic
def begin(authority: Authority, language: str, *, actor: Actor) -> Case:
    """A new practice of ``authority``, written in ``language``, with its first, empty draft."""
    require("practices.begin", actor, authority.code_id)
    inside = InCase(actor)
    flags = {"is_example": authority.is_example, "is_sample": authority.is_sample}
    record = workflow.create_record(
        Practice, actor=inside, source_language=language, authority=authority.code_id, **flags
    )
    return _open(record, actor)


@transaction.atomic
def begin_change(practice: Practice, *, actor: Actor) -> Case:
    """A draft of what is live, to change it; the one that is open already if there is one."""
    record = workflow.lock(practice.code_id)
    require("practices.begin", actor, record.authority)
    if record.status != Practice.Status.PUBLISHED:
        raise WrongState("only a published practice can be changed")
    standing = Case.objects.open().filter(code_id=record.code_id).select_related("revision").first()
    return standing or _open(record, actor)


def _open(record: Practice, actor: Actor) -> Case:
    revision = workflow.open_revision(record, record.source_language, actor=InCase(actor))
    if not revision.document.get("neutral"):
        blank = {**documents.blank(), "neutral": first_values(record)}
        revision = workflow.save_revision(revision, blank, actor=InCase(actor), seen=revision.saved)
    now = timezone.now()
    return Case.objects.create(
        code_id=record.code_id, revision=revision, authority=record.authority, opened_at=now, state_since=now
    )


def first_values(record: Practice) -> dict[str, Any]:
    """What a new practice starts from: the place, country and level of its authority."""
    owner = Authority.objects.get(code_id=record.authority)
    return {
        "authority": owner.code_id,
        "place_name": owner.own_name,
        "latitude": str(owner.latitude) if owner.latitude is not None else "",
        "longitude": str(owner.longitude) if owner.longitude is not None else "",
        "countries": [owner.country.code] if owner.country else [],
        "governance_level": owner.governance_level,
        "licence": record.licence,
    }


# ---------------------------------------------------------------- writing


@transaction.atomic
def save(case: Case, document: Document, *, actor: Actor, seen: int) -> Case:
    """Save the whole text. ``seen`` is how often it had been saved when the person had it before her."""
    case = lock(case)
    require("practices.write", actor, case)
    _check_writable(case, document)
    case.revision = workflow.save_revision(case.revision, document, actor=InCase(actor), seen=seen)
    return case


@transaction.atomic
def save_fields(case: Case, changes: dict[str, Any], *, actor: Actor, seen: int) -> Case:
    """Save some fields into what stands: ``{"texts": …, "neutral": …, "children": …}``, each only what it names."""
    case = lock(case)
    require("practices.write", actor, case)
    standing = case.revision.document
    document = {part: {**standing.get(part, {}), **changes.get(part, {})} for part in ("texts", "neutral", "children")}
    # Rows that have gone take their texts with them.
    known = {key for key, _spec in documents.text_keys(Practice.shape, document)}
    document["texts"] = {key: text for key, text in document["texts"].items() if text and key in known}
    _check_writable(case, document)
    case.revision = workflow.save_revision(case.revision, document, actor=InCase(actor), seen=seen)
    return case


def _check_writable(case: Case, document: Document) -> None:
    if not case.is_writable:
        raise WrongState("this text is not with its authors now")
    if document.get("neutral", {}).get("authority") != case.authority:
        raise WrongState("a practice stays with its authority")


# ---------------------------------------------------------------- handing in, replying, giving up


def problems(case: Case) -> list[documents.Problem]:
    """Everything that keeps the text from being handed in, by key."""
    return workflow.problems_of(case.practice, case.revision)


@transaction.atomic
def hand_in(case: Case, *, actor: Actor, declared: bool) -> Case:
    """Draft, or changes requested, to submitted. ``declared``: the author has the rights and gives the licence.

    ``Invalid`` says what is missing; without the declaration ``WrongState``.
    """
    case = lock(case)
    require("practices.submit", actor, case)
    if not declared:
        raise WrongState("the rights and the licence have to be declared")
    if not case.is_writable:
        raise WrongState("this text is not with its authors now")
    case.revision = workflow.submit_revision(case.revision, actor=InCase(actor))
    case.submitted_at = timezone.now()
    details = {"declared": True, "licence": case.revision.document["neutral"].get("licence")}
    case = move(case, case.mark_submitted, "handed_in", actor, due=limits.COMPLETENESS, details=details)
    mails.tell_editors(case)
    mails.tell_writers(case)
    return case


@transaction.atomic
def reply(case: Case, *, actor: Actor, text: str) -> Case:
    """The one answer to a decline: it goes back into review."""
    case = lock(case)
    require("practices.reply", actor, case)
    if case.is_answered:
        raise WrongState("a decline is answered once")
    case.reply, case.is_answered = text, True
    case = move(case, case.mark_answered, "replied", actor, due=limits.REVIEW, reason=text)
    mails.tell_editors(case)
    return case


@transaction.atomic
def withdraw(case: Case, *, actor: Actor, reason: str = "") -> Case:
    """Its authors give it up, at any time before it is accepted. What is live stays as it is."""
    case = lock(case)
    require("practices.withdraw", actor, case)
    case.decided_at = timezone.now()
    case = move(case, case.mark_withdrawn, "given_up", actor, reason=reason)
    if case.revision.state in Revision.OPEN:
        case.revision = workflow.withdraw_revision(case.revision, actor=InCase(actor), reason=reason)
    mails.tell_writers(case)
    return case


def close_with(record: Any, action: str, actor: Actor, reason: str) -> None:
    """A practice that is withdrawn or merged takes its open case with it, so that nobody waits for it."""
    if not isinstance(record, Practice) or action not in ("withdrawn", "merged"):
        return
    for case in Case.objects.open().filter(code_id=record.code_id):
        case = lock(case)
        case.decided_at = timezone.now()
        case = move(case, case.mark_withdrawn, "given_up", actor, reason=reason)
        if case.revision.state in Revision.OPEN:
            case.revision = workflow.withdraw_revision(case.revision, actor=InCase(actor), reason=reason)


@transaction.atomic
def answer_remark(remark: Remark, *, actor: Actor, text: str) -> Remark:
    """The author answers a remark that was shown to her, while the text is with her."""
    case = lock(remark.case)
    require("practices.answer_remark", actor, case)
    remark = Remark.objects.get(pk=remark.pk)
    if remark.shared_at is None or not case.is_writable:
        raise WrongState("this remark cannot be answered now")
    remark.answer, remark.answered_at = text, timezone.now()
    remark.answered_by = None if actor is OPERATOR else actor
    remark.save(update_fields=["answer", "answered_at", "answered_by"])
    return remark


def waited(case: Case, today: datetime.date | None = None) -> int:
    """For how many working days the case has been in its state."""
    since = timezone.localtime(case.state_since).date()
    return limits.working_days_between(since, today or timezone.localdate())
