"""What is sent when a practice takes a step, and to whom. Queued in the transaction of the step."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _, override

from clavet.accounts.models import User
from clavet.accounts.roles import COORDINATOR, is_coordinator, is_reviewer, people_with
from clavet.mail import registry
from clavet.mail.queueing import not_sent, queue
from clavet.mail.samples import TITLES
from clavet.web.meta import absolute
from practices.models import Case, Review
from practices.models.cases import CaseQuerySet, ReviewQuerySet
from practices.rules import is_author, is_concerned, remember_codes

EXAMPLE = {"code": "BP-0012", "url": "https://clavet.example/"}


def example(**more: Any) -> Any:
    """A context for the preview. What somebody wrote is in the language of the preview."""
    return lambda language: {
        **EXAMPLE,
        "title": TITLES[language],
        "day": day_in("2026-12-01", language),
        **more,
        **({"letter": f"«{TITLES[language]}»"} if "letter" in more else {}),
    }


def day_in(day: Any, language: str) -> str:
    """A day as a language writes it."""
    value = datetime.date.fromisoformat(day) if isinstance(day, str) else day
    with override(language):
        return date_format(value, "DATE_FORMAT")


SUBMITTED = registry.Message(
    name="practices.submitted",
    label=_("a practice waits for the check that it is complete"),
    essential=False,
    sample=example(),
    can_wait=True,
    audience=is_coordinator,
)
STANDS = registry.Message(
    name="practices.stands",
    label=_("where your practice stands"),
    essential=True,
    sample=example(state="changes_requested", letter=""),
)
REVIEW_ASKED = registry.Message(
    name="practices.review_asked", label=_("you are asked for a review"), essential=True, sample=example()
)
REVIEW_DUE = registry.Message(
    name="practices.review_due",
    label=_("a review that you were asked for is due"),
    essential=False,
    sample=example(late=True),
    audience=is_reviewer,
)
REVIEW_GIVEN = registry.Message(
    name="practices.review_given",
    label=_("a review has come"),
    essential=False,
    sample=example(missing=1),
    can_wait=True,
    audience=is_coordinator,
)
LATE = registry.Message(
    name="practices.late",
    label=_("a practice stands still past its time limit"),
    essential=False,
    sample=example(state="submitted"),
    audience=is_coordinator,
)
ALL = (SUBMITTED, STANDS, REVIEW_ASKED, REVIEW_DUE, REVIEW_GIVEN, LATE)


# ---------------------------------------------------------------- who and what


def writers(case: Case) -> list[User]:
    """Those who wrote in the text and still write for its authority."""
    wrote = {case.revision.author_id, *case.revision.contributors} - {None}
    people = User.objects.filter(pk__in=wrote, is_active=True).order_by("pk")
    return [person for person in people if is_author.test(person, case)]


def editors(case: Case) -> list[User]:
    """All coordinators whom the case does not concern."""
    return [person for person in people_with(COORDINATOR) if not is_concerned.test(person, case)]


def about(case: Case, address: str) -> dict[str, Any]:
    """What every message about a case says."""
    title = case.revision.document.get("texts", {}).get("title") or case.code_id
    return {"code": case.code_id, "title": title, "url": absolute(address)}


def desk_url(name: str, case: Case, person: User) -> str:
    """A page of the desk in the language of the person."""
    with override(person.language):
        return reverse(f"practices-desk:{name}", args=[case.code_id])


def dossier_url(case: Case) -> str:
    """The case in the admin."""
    return reverse("admin:practices_case_change", args=[case.pk])


def cause_of(case: Case) -> str:
    """This state of the case: what is sent because of it is sent once."""
    return f"case {case.pk} {case.state} since {case.state_since.isoformat()}"


# ---------------------------------------------------------------- telling


def tell_writers(case: Case) -> None:
    """Where the text stands now, and what the editor wrote."""
    letter = case.letter if case.state in (Case.State.CHANGES_REQUESTED, Case.State.DECLINED) else ""
    for person in writers(case):
        context = {**about(case, desk_url("case", case, person)), "state": case.state, "letter": letter}
        queue(STANDS.name, to=person, context=context, cause=cause_of(case))


def tell_editors(case: Case) -> None:
    """A text waits for the first gate; of one that comes back only its editor is told."""
    people = [case.editor] if case.editor and case.editor.is_active else editors(case)
    for person in people:
        queue(SUBMITTED.name, to=person, context=about(case, dossier_url(case)), cause=cause_of(case))


def ask(review: Review) -> None:
    """A reviewer is asked, with the day on which the review is due."""
    person, case = review.reviewer, review.case
    context = {**about(case, desk_url("review", case, person)), "day": day_in(review.due_on, person.language)}
    queue(REVIEW_ASKED.name, to=person, context=context, cause=f"review {review.pk}")


def remind(reviews: ReviewQuerySet, today: datetime.date) -> int:
    """Reviewers are reminded of what they owe; returns how many were told now. What was told before costs a few
    questions, however much it is."""
    reasons = {
        f"review {review.pk} {'late' if review.due_on < today else 'soon'}": review
        for review in reviews.select_related("reviewer")
    }
    new = not_sent(REVIEW_DUE.name, [(review.reviewer, cause) for cause, review in reasons.items()])
    told = 0
    cases = Case.objects.select_related("revision").in_bulk({reasons[cause].case_id for _person, cause in new})
    for person, cause in new:
        review, case = reasons[cause], cases[reasons[cause].case_id]
        context = {
            **about(case, desk_url("review", case, person)),
            "day": day_in(review.due_on, person.language),
            "late": review.due_on < today,
        }
        told += queue(REVIEW_DUE.name, to=person, context=context, cause=cause) is not None
    return told


def tell_review(review: Review, missing: int) -> None:
    """The editor hears that a review has come."""
    case = review.case
    for person in [case.editor] if case.editor else editors(case):
        context = {**about(case, dossier_url(case)), "missing": missing}
        queue(REVIEW_GIVEN.name, to=person, context=context, cause=f"review {review.pk} given")


def escalate(late: CaseQuerySet) -> int:
    """All coordinators hear that cases stand still; returns how many of them were told now. What was told before costs
    a few questions, however much it is."""
    people = list(people_with(COORDINATOR))
    reasons = {f"{cause_of(case)} late": case.pk for case in late.only("state", "state_since")}
    new = not_sent(LATE.name, [(person, cause) for cause in reasons for person in people])
    told = 0
    cases = late.select_related("revision").in_bulk({reasons[cause] for _person, cause in new})
    remember_codes(people)
    for person, cause in new:
        case = cases[reasons[cause]]
        if is_concerned.test(person, case):
            continue
        context = {**about(case, dossier_url(case)), "state": case.state, "day": day_in(case.due_on, person.language)}
        told += queue(LATE.name, to=person, context=context, cause=cause) is not None
    return told
