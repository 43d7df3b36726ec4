"""The six criteria by which reviewers judge, and when their judgements differ so far that a third one is asked."""

from __future__ import annotations

from collections.abc import Iterable

from practices.models import Case, Recommendation

CRITERIA = ("relevance", "evidence", "participation", "transferability", "sustainability", "clarity")
SCORES = range(1, 6)

# Reviews needed, and when two recommendations lie two steps apart (records.md, "Practice").
NEEDED = 2
NEEDED_WHEN_APART = 3
STEP_OF = {Recommendation.ACCEPT: 0, Recommendation.CHANGES: 1, Recommendation.DECLINE: 2}


def are_apart(recommendations: Iterable[str]) -> bool:
    """Whether two of these lie two steps apart: one would accept, another decline."""
    steps = [STEP_OF[Recommendation(value)] for value in recommendations]
    return bool(steps) and max(steps) - min(steps) >= STEP_OF[Recommendation.DECLINE]


def needed(recommendations: Iterable[str]) -> int:
    """How many reviews a decision needs, given those that have come."""
    return NEEDED_WHEN_APART if are_apart(list(recommendations)) else NEEDED


def missing_reviews(case: Case) -> int:
    """How many reviews a decision on the case still waits for, of those of all its rounds."""
    recommendations = list(case.reviews.given().values_list("recommendation", flat=True))
    return max(0, needed(recommendations) - len(recommendations))
