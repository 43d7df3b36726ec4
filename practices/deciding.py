"""What the editor decides: complete or not, changes, acceptance, decline. As in ``cases``: one transaction each."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from clavet.publishing import workflow
from clavet.publishing.actors import Actor, InCase, account, require
from clavet.publishing.errors import WrongState
from clavet.publishing.models import Version
from practices import limits, mails, rubric
from practices.cases import lock, move
from practices.models import Case, Remark
from practices.reviewing import set_free


@transaction.atomic
def check(case: Case, *, actor: Actor) -> Case:
    """The first gate: the text is complete, and goes to reviewers. Who opens the gate is its editor from now on."""
    case = lock(case)
    require("practices.check", actor, case)
    case.editor, case.checked_at = account(actor), timezone.now()
    case.round += 1
    case = move(case, case.mark_checked, "checked", actor, due=limits.REVIEW)
    mails.tell_writers(case)
    return case


@transaction.atomic
def request_changes(case: Case, *, actor: Actor, letter: str) -> Case:
    """Back to the authors, with a letter and every remark made so far: at the first gate, or after review."""
    case = lock(case)
    require("practices.request_changes", actor, case)
    case.editor, case.letter = account(actor), letter
    # What reviewers have read stays what they compare with, also where the gate sends a later text back.
    if case.state == Case.State.IN_REVIEW or case.judged is None:
        case.judged = case.revision.document
    _share_remarks(case)
    release_waiting(case, actor)
    case = move(case, case.mark_changes_requested, "changes_requested", actor, reason=letter)
    case.revision = workflow.return_revision(case.revision, actor=InCase(actor), reason=letter)
    mails.tell_writers(case)
    return case


@transaction.atomic
def accept(case: Case, *, actor: Actor, significance: str = "", change_note: dict | None = None) -> Case:
    """The text becomes public. Two reviews must have come, three where two of them lie two steps apart."""
    case = lock(case)
    require("practices.accept", actor, case)
    if case.state != Case.State.IN_REVIEW:
        raise WrongState("only what is in review is accepted")
    if rubric.missing_reviews(case):
        raise WrongState("reviews are missing")
    return _accept(case, actor, significance, change_note)


@transaction.atomic
def wave_through(case: Case, *, actor: Actor, reason: str, change_note: dict | None = None) -> Case:
    """An editorial change of a published practice becomes public without review, for ``reason`` (logged)."""
    case = lock(case)
    require("practices.wave_through", actor, case)
    if case.state != Case.State.SUBMITTED or not case.practice.version:
        raise WrongState("only an editorial change of a published practice needs no review")
    return _accept(case, actor, Version.Significance.EDITORIAL, change_note, reason)


def _accept(case: Case, actor: Actor, significance: str, change_note: dict | None, reason: str = "") -> Case:
    case.editor, case.decided_at = account(actor), timezone.now()
    _share_remarks(case)
    release_waiting(case, actor)
    case = move(case, case.mark_accepted, "approved", actor, reason=reason)
    workflow.accept_revision(case.revision, actor=InCase(actor), significance=significance, change_note=change_note)
    case = Case.objects.select_related("revision").get(pk=case.pk)
    mails.tell_writers(case)
    return case


@transaction.atomic
def decline(case: Case, *, actor: Actor, reason: str) -> Case:
    """It does not become public, for ``reason``. The authors may answer once; after that it is the end of this text."""
    case = lock(case)
    require("practices.decline", actor, case)
    case.editor, case.decided_at, case.letter = account(actor), timezone.now(), reason
    _share_remarks(case)
    release_waiting(case, actor)
    case = move(case, case.mark_declined, "declined", actor, reason=reason)
    if case.is_answered:
        case.revision = workflow.reject_revision(case.revision, actor=InCase(actor), reason=reason)
    mails.tell_writers(case)
    return case


def _share_remarks(case: Case) -> None:
    """The authors see the remarks of the editor and of the reviews that have come."""
    now = timezone.now()
    unseen = Remark.objects.filter(case=case, shared_at=None)
    unseen.filter(review=None).update(shared_at=now)
    unseen.exclude(review__given_at=None).filter(review__isnull=False).update(shared_at=now)


def release_waiting(case: Case, actor: Actor) -> None:
    """Nobody is waited for any more: the text goes back or is decided."""
    for review in case.reviews.waiting():
        set_free(case, review, actor)
