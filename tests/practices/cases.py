"""Authorities, their people, and practices in every state, made by the functions that the portal itself uses."""

from __future__ import annotations

from itertools import count
from typing import Any

from clavet.accounts.models import User
from clavet.accounts.roles import REVIEWER
from network.models import Authority
from practices import cases, deciding, reviewing, rubric
from practices.models import Case, Practice, Review
from tests import factories

NUMBERS = count(1)
TEXTS = (
    "title", "summary", "challenge", "what_was_done", "participation", "evidence", "what_did_not_work",
    "how_to_transfer", "depends_on", "after_funding",
)  # fmt: skip


def authority(name: str = "", **fields: Any) -> Authority:
    """An authority that is a member of the network, of a size that is known."""
    given = {"own_language": "en", "kind": "municipality", "population": 30_000, **fields}
    return factories.authority(name or f"Town {next(NUMBERS)}", **given)


belongs, author = factories.belongs, factories.author_of


def reviewer(where: Authority | None = None, **fields: Any) -> User:
    """Somebody who judges practices."""
    user = factories.person(REVIEWER, **fields)
    return belongs(user, where, "member") if where else user


def document(where: str, title: str = "A bus to the workshops", **changes: Any) -> dict[str, Any]:
    """A complete text of a practice of the authority with this code. ``changes`` go into the neutral part."""
    texts = {name: f"{title}: {name.replace('_', ' ')}." for name in TEXTS} | {"title": title}
    neutral = {
        "authority": where,
        "place_name": "Town",
        "period_from": "2019-09",
        "topics": ["apprenticeships"],
        "phases": ["implementation"],
        "sectors": ["initial_vet"],
        "target_groups": ["apprentices"],
        "governance_level": "municipal",
        "countries": ["IT"],
        "budget_amount": 40_000,
        "budget_period": "yearly",
        "people": "1.5",
        "funding_sources": ["own"],
        "months_to_results": 8,
        "outcome": "partly",
        "evaluation": "internal",
        "contact": 1,
        "licence": "CC-BY-4.0",
        **changes,
    }
    rows = {name: [] for name in ("partners", "indicators", "sources", "attachments")}
    rows |= {name: neutral.pop(name) for name in list(rows) if name in neutral}
    return {"texts": texts, "neutral": neutral, "children": rows}


def draft(where: Authority, by: User, **changes: Any) -> Case:
    """A case with a complete draft."""
    factories.vocabulary()
    case = cases.begin(where, "en", actor=by)
    return cases.save(case, document(where.code_id, **changes), actor=by, seen=case.revision.saved)


def handed_in(where: Authority, by: User, **changes: Any) -> Case:
    """A case that waits for the first gate."""
    return cases.hand_in(draft(where, by, **changes), actor=by, declared=True)


def in_review(where: Authority, by: User, editor: User, **changes: Any) -> Case:
    """A case that passed the first gate."""
    return deciding.check(handed_in(where, by, **changes), actor=editor)


def reviewed(case: Case, by: User, editor: User, recommendation: str = "accept") -> Review:
    """A review that was asked for and has come."""
    review = reviewing.assign(case, by, actor=editor)
    values = {
        "scores": dict.fromkeys(rubric.CRITERIA, 4),
        "recommendation": recommendation,
        "for_author": "Clear and honest.",
    }
    reviewing.save_review(review, values, actor=by, seen=0)
    return reviewing.give(review, actor=by)


def accepted(where: Authority, by: User, editor: User, **changes: Any) -> Case:
    """A case that went the whole way."""
    case = in_review(where, by, editor, **changes)
    for _each in range(rubric.NEEDED):
        reviewed(case, reviewer(), editor)
    return deciding.accept(case, actor=editor)


def practice(title: str = "A bus to the workshops", where: Authority | None = None, **changes: Any) -> Practice:
    """A published practice."""
    where = where or authority()
    return accepted(where, author(where), factories.coordinator(), title=title, **changes).practice
