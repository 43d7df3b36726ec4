"""What reviewers do, and who is asked to review. As in ``cases``: one transaction each, nothing changed on error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clavet.accounts.models import User
from clavet.publishing.actors import Actor, account, require
from clavet.publishing.documents import Problem
from clavet.publishing.errors import Conflict, Invalid, NotAllowed, WrongState
from practices import limits, mails, rubric
from practices.cases import lock, note
from practices.models import Case, Recommendation, Remark, Review
from practices.rules import is_able_reviewer


@transaction.atomic
def assign(case: Case, reviewer: User, *, actor: Actor) -> Review:
    """Ask ``reviewer`` to judge a case that is in review, within the time limit.

    ``NotAllowed`` for a reviewer of the authority whose practice it is, of a partner in it, or who wrote in it.
    """
    case = lock(case)
    require("practices.assign", actor, case)
    if case.state != Case.State.IN_REVIEW:
        raise WrongState("reviewers are asked while the case is in review")
    if not is_able_reviewer.test(reviewer, case):
        raise NotAllowed("practices.be_reviewer")
    if case.reviews.filter(reviewer=reviewer, released_at=None).exists():
        raise WrongState("this reviewer has been asked already")
    review = Review.objects.create(
        case=case,
        round=case.round,
        reviewer=reviewer,
        asked_at=timezone.now(),
        asked_by=account(actor),
        due_on=limits.working_days_after(timezone.localdate(), limits.REVIEW),
    )
    note(case, "reviewer_asked", actor, details={"review": review.pk, "reviewer": reviewer.pk})
    mails.ask(review)
    return review


@transaction.atomic
def release(review: Review, *, actor: Actor, reason: str) -> Review:
    """A reviewer who has not answered is no longer asked: by the editor, or by the reviewer's own wish."""
    case = lock(review.case)
    review = Review.objects.select_for_update().get(pk=review.pk)
    if not (account(actor) is not None and review.reviewer_id == account(actor).pk):
        require("practices.assign", actor, case)
    if not review.is_waiting:
        raise WrongState("this review is not waited for")
    return set_free(case, review, actor, reason)


def set_free(case: Case, review: Review, actor: Actor, reason: str = "") -> Review:
    """The reviewer is no longer asked; written down. The case is locked already."""
    review.released_at, review.released_reason = timezone.now(), reason
    review.save(update_fields=["released_at", "released_reason"])
    details = {"review": review.pk, "reviewer": review.reviewer_id}
    note(case, "reviewer_released", actor, reason=reason, details=details)
    return review


def _own(review: Review, actor: Actor) -> tuple[Case, Review]:
    """The review, locked, if ``actor`` may still write it."""
    case = lock(review.case)
    review = Review.objects.select_for_update().select_related("case").get(pk=review.pk)
    require("practices.review", actor, review)
    if not is_able_reviewer.test(actor, case):
        raise NotAllowed("practices.be_reviewer")
    if not review.is_waiting or case.state != Case.State.IN_REVIEW:
        raise WrongState("this review is not waited for")
    return case, review


@transaction.atomic
def save_review(review: Review, values: Mapping[str, Any], *, actor: Actor, seen: int) -> Review:
    """Save an unfinished review. ``values``: ``scores``, ``recommendation``, ``for_author``, ``for_editor``."""
    _case, review = _own(review, actor)
    if review.saved != seen:
        raise Conflict(None)
    scores = values.get("scores") or {}
    review.scores = {name: scores[name] for name in rubric.CRITERIA if scores.get(name) in rubric.SCORES}
    for name in ("recommendation", "for_author", "for_editor"):
        setattr(review, name, values.get(name) or "")
    review.saved += 1
    review.save()
    return review


def problems(review: Review) -> list[Problem]:
    """What a review lacks before it can be given."""
    found = [
        Problem(name, _("Please give a score from 1 to 5."))
        for name in rubric.CRITERIA
        if review.scores.get(name) not in rubric.SCORES
    ]
    if review.recommendation not in Recommendation.values:
        found.append(Problem("recommendation", _("Please say what you recommend.")))
    if not review.for_author.strip():
        found.append(Problem("for_author", _("Please write to the author.")))
    return found


@transaction.atomic
def give(review: Review, *, actor: Actor) -> Review:
    """The review is finished. ``Invalid`` says what it lacks. From now on it is not changed."""
    case, review = _own(review, actor)
    found = problems(review)
    if found:
        raise Invalid(found)
    review.given_at = timezone.now()
    review.save(update_fields=["given_at"])
    note(case, "reviewed", actor, details={"review": review.pk})
    mails.tell_review(review, rubric.missing_reviews(case))
    return review


@transaction.atomic
def remark(case: Case, key: str, text: str, *, actor: Actor, review: Review | None = None) -> Remark:
    """Pin a remark to a field: a reviewer's belongs to her review, an editor's stands for itself."""
    case = lock(case)
    if review is not None:
        case, review = _own(review, actor)
    else:
        require("practices.check", actor, case)
    if case.state not in (Case.State.SUBMITTED, Case.State.IN_REVIEW):
        raise WrongState("remarks are made while the case is judged")
    return Remark.objects.create(
        case=case,
        review=review,
        round=case.round,
        key=key,
        text=text,
        made_by=account(actor),
        made_at=timezone.now(),
    )


@transaction.atomic
def take_back(remark: Remark, *, actor: Actor) -> None:
    """Delete a remark of one's own that nobody has been shown."""
    lock(remark.case)
    standing = Remark.objects.get(pk=remark.pk)
    if account(actor) is None or standing.made_by_id != account(actor).pk:
        raise NotAllowed("practices.remark")
    if standing.shared_at is not None or (standing.review and standing.review.given_at):
        raise WrongState("this remark has been shown already")
    standing.delete()
