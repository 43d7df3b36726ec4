"""Whom to ask for a review: those who know the topics and read the language, the least busy first, each explained."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from clavet.accounts.models import User
from clavet.accounts.roles import REVIEWER
from clavet.vocabulary.tree import read_tree
from practices.models import Case
from practices.rules import is_concerned, remember_codes


@dataclass(frozen=True)
class Proposal:
    """One reviewer: the topics shared with the case, whether she reads its language, how many reviews she owes."""

    reviewer: User
    topics: tuple[str, ...]
    reads: bool
    waiting: int


def proposals(case: Case) -> list[Proposal]:
    """The reviewers who may be asked, the fittest first: reads the language, shares more topics, owes fewer reviews.

    Left out are those whom the case concerns, and those who have been asked already.
    """
    neutral = case.revision.document.get("neutral", {})
    tree = read_tree("en")
    wanted = tree.with_ancestors(neutral.get("topics") or [])
    asked = set(case.reviews.filter(released_at=None).values_list("reviewer_id", flat=True))
    open_ones = Count("reviews", filter=Q(reviews__given_at=None, reviews__released_at=None))
    reviewers = User.objects.filter(groups__name=REVIEWER, is_active=True).exclude(pk__in=asked)
    people = list(reviewers.select_related("member").annotate(waiting=open_ones).order_by("pk"))
    remember_codes(people)
    found = []
    for person in people:
        if is_concerned.test(person, case):
            continue
        member = getattr(person, "member", None)
        topics = tuple(topic for topic in (member.topics if member else ()) if topic in wanted)
        languages = {person.language, *(member.languages if member else ())}
        found.append(Proposal(person, topics, case.revision.language in languages, person.waiting))
    return sorted(found, key=lambda one: (not one.reads, -len(one.topics), one.waiting, one.reviewer.pk))
