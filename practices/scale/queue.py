"""Cases of synthetic practices, so that the coordinators' queue is as long as that of a portal of that size."""

from __future__ import annotations

import datetime
from typing import Any

from clavet.library.scale.records import Plan, Sketch
from clavet.publishing.models import Revision
from practices import rubric
from practices.limits import working_days_after
from practices.models import Case, Recommendation, Review

State = Case.State
# One practice of so many has a case: the text that was accepted, or a change of it that stands somewhere on its way.
SHARE = 10
STATES = (
    State.SUBMITTED, State.IN_REVIEW, State.ACCEPTED, State.CHANGES_REQUESTED, State.DRAFT, State.IN_REVIEW,
    State.DECLINED, State.WITHDRAWN,
)  # fmt: skip
# A declined text waits for the one answer to it, so its revision is still open (practices.deciding).
REVISIONS = {
    State.DRAFT: Revision.State.DRAFT,
    State.CHANGES_REQUESTED: Revision.State.DRAFT,
    State.ACCEPTED: Revision.State.ACCEPTED,
    State.WITHDRAWN: Revision.State.WITHDRAWN,
}
# What waits for a coordinator has been there for so many days at most; some of it is late.
OLDEST = 18
LIMIT = 12


def write_cases(plan: Plan, sketches: list[Sketch]) -> None:
    """Write the cases of those of a batch that have one, with reviews where there are reviewers."""
    chosen = [sketch for sketch in sketches if sketch.number % SHARE == 0]
    revisions = Revision.objects.bulk_create(revision(plan, sketch) for sketch in chosen)
    made = Case.objects.bulk_create(
        case(plan, sketch, written) for sketch, written in zip(chosen, revisions, strict=True)
    )
    Review.objects.bulk_create(
        review
        for one, sketch in zip(made, chosen, strict=True)
        if one.state == State.IN_REVIEW
        for review in reviews(plan, one, sketch)
    )


def state_of(sketch: Sketch) -> str:
    """In which state the case of a practice is."""
    return STATES[sketch.number // SHARE % len(STATES)]


def revision(plan: Plan, sketch: Sketch) -> Revision:
    """The text of a case, not yet written."""
    state = state_of(sketch)
    people = authors(plan, sketch)
    return Revision(
        code_id=sketch.code,
        kind=Revision.Kind.SOURCE,
        language=sketch.source,
        base_version=0 if state == State.ACCEPTED else 1,
        state=REVISIONS.get(state, Revision.State.SUBMITTED),
        document=sketch.document,
        author_id=people[0] if people else None,
        contributors=people,
        saved=1,
        saved_at=plan.now,
    )


def authors(plan: Plan, sketch: Sketch) -> list[int]:
    """The account of the first of the owner's people."""
    return [person.account for person in plan.owner(sketch.document["neutral"]["authority"]).people[:1]]


def case(plan: Plan, sketch: Sketch, written: Revision) -> Case:
    """The case of a text, not yet written."""
    state, random = state_of(sketch), plan.random_of(f"case:{sketch.code}")
    since = plan.now - datetime.timedelta(days=random.randrange(OLDEST))
    waits = state in (State.SUBMITTED, State.IN_REVIEW)
    return Case(
        code_id=sketch.code,
        revision=written,
        authority=sketch.document["neutral"]["authority"],
        state=state,
        state_since=since,
        opened_at=min(since, sketch.published_at),
        submitted_at=None if state == State.DRAFT else since,
        checked_at=since if state == State.IN_REVIEW else None,
        decided_at=since if state in (State.ACCEPTED, State.DECLINED, State.WITHDRAWN) else None,
        due_on=working_days_after(since.date(), LIMIT) if waits else None,
        round=0 if state in (State.DRAFT, State.SUBMITTED) else 1,
    )


def reviews(plan: Plan, one: Case, sketch: Sketch) -> list[Review]:
    """None, one or two reviews that were asked for; the first has come."""
    random = plan.random_of(f"reviews:{sketch.code}")
    number = min(random.randint(0, rubric.NEEDED), len(plan.reviewers))
    return [
        Review(
            case=one,
            round=one.round,
            reviewer_id=reviewer,
            asked_at=one.state_since,
            due_on=one.due_on,
            **(given(one) if place == 0 else {}),
        )
        for place, reviewer in enumerate(random.sample(plan.reviewers, number))
    ]


def given(one: Case) -> dict[str, Any]:
    """What a review says that has come."""
    return {
        "scores": dict.fromkeys(rubric.CRITERIA, 4),
        "recommendation": Recommendation.CHANGES,
        "for_author": "Synthetic.",
        "given_at": one.state_since,
    }
