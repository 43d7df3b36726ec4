"""Invented authorities, persons and cases in every state, so that each desk of the sample has something on it.

They go the way that real ones go, through the same functions. Everything of them is marked as an invented example.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from clavet.accounts.models import User
from clavet.publishing import effects
from clavet.publishing.actors import OPERATOR
from network.models import Authority, Member, Membership
from network.sample import load
from practices import adopting, cases, deciding, reviewing, rubric
from practices.models import Adoption, AdoptionLog, Case, Practice

State = Case.State


def read(path: Path) -> dict[str, Any]:
    """The examples."""
    return json.loads(path.read_text(encoding="utf-8"))


@transaction.atomic
def load_members(examples: dict[str, Any]) -> int:
    """The authorities, and the places that the sample accounts have in them; returns how many authorities were new."""
    written = load([{**entry} for entry in examples["authorities"]], is_example=True, status=Authority.Status.MEMBER)
    for person in examples["people"]:
        account = User.objects.filter(email=person["email"], is_sample=True).first()
        if account is None or Member.objects.filter(account=account).exists():
            continue
        member = Member.objects.create(
            account=account,
            languages=person["languages"],
            topics=person["topics"],
            is_example=True,
            **{name: person[name] for name in ("name_shown", "email_shown") if name in person},
        )
        authority = Authority.objects.get(code_id=person["authority"])
        Membership.objects.create(
            member=member, authority=authority, role=person["role"], joined_on=timezone.localdate()
        )
        if authority.contact is None:
            authority.contact = member
            authority.save()
    return written


@transaction.atomic
def load_cases(examples: dict[str, Any], editor: User) -> int:
    """A case in each state, decided by ``editor``; returns how many were written. Nothing is, where any stands."""
    people = {person["email"]: User.objects.filter(email=person["email"]).first() for person in examples["people"]}
    authors = [people[entry["email"]] for entry in examples["people"] if entry["role"] == Membership.Role.AUTHOR]
    reviewers = [people[entry["email"]] for entry in examples["people"] if "reviewer" in entry.get("roles", ())]
    owner = Authority.objects.get(code_id=examples["authorities"][0]["code"])
    if Case.objects.filter(authority=owner.code_id).exists() or not all([*authors, *reviewers]):
        return 0
    for entry in examples["cases"]:
        bring_to(entry["state"], written(entry, examples["common"], owner, authors[0]), authors[0], editor, reviewers)
    return len(examples["cases"])


@transaction.atomic
def load_adoptions(examples: dict[str, Any], editor: User) -> int:
    """An adoption in each state, of the practice whose case was accepted; returns how many. None where any stands."""
    owner = examples["authorities"][0]["code"]
    practice = Practice.objects.visible_to().filter(authority=owner, is_example=True).order_by("code_id").first()
    if practice is None or Adoption.objects.filter(practice=practice).exists():
        return 0
    for entry in examples["adoptions"]:
        declarer = User.objects.filter(email=entry.get("by", ""), is_sample=True).first() or OPERATOR
        authority = Authority.objects.get(code_id=entry["authority"])
        adoption = adopting.declare(practice, authority, entry, actor=declarer)
        if entry["state"] == Adoption.State.CONFIRMED:
            adoption = adopting.confirm(adoption, actor=editor)
        elif entry["state"] == Adoption.State.REFUSED:
            adopting.refuse(adoption, actor=editor, reason=entry["reason"])
        elif entry["state"] == Adoption.State.WITHDRAWN:
            adopting.withdraw(adoption, actor=declarer, reason=entry["reason"])
        if "report" in entry:
            adopting.ask(adoption, timezone.localdate())
            adopting.report(adoption, entry["report"], actor=declarer)
    return len(examples["adoptions"])


def remove_adoptions() -> None:
    """Take out the adoptions of sample practices, and those by sample authorities of others."""
    gone = Adoption.objects.filter(Q(practice__is_sample=True) | Q(authority__is_sample=True))
    others = set(gone.filter(practice__is_sample=False).values_list("practice__code_id", flat=True))
    keys = list(gone.values_list("pk", flat=True))
    AdoptionLog.objects.filter(adoption__in=keys).delete()
    Adoption.objects.filter(pk__in=keys).delete()
    for code in sorted(others):
        adopting.show(Practice.objects.get(code_id=code))


def remove_cases() -> None:
    """Take out the cases of sample practices; the practices themselves go after them."""
    codes = list(Practice.objects.filter(is_sample=True).values_list("code_id", flat=True))
    for some in effects.batched(codes):
        Case.objects.filter(code_id__in=some).delete()


def written(entry: dict[str, Any], common: dict[str, str], owner: Authority, author: User) -> Case:
    """A draft with its texts."""
    case = cases.begin(owner, author.language, actor=author)
    texts = {**common, **{name: entry[name] for name in ("title", "summary", "challenge") if name in entry}}
    texts = {name: text for name, text in texts.items() if name not in entry.get("leave_out", ())}
    neutral = {
        **case.revision.document["neutral"],
        "place_name": "Esempio",
        "period_from": "2023-09",
        "topics": ["work-based-learning", "early-leaving"],
        "phases": ["implementation"],
        "sectors": ["initial_vet"],
        "target_groups": ["pupils", "young_people"],
        "budget_band": "10_50",
        "budget_period": "yearly",
        "people": "0.5",
        "funding_sources": ["own"],
        "months_to_results": 9,
        "outcome": "partly",
        "evaluation": "internal",
        "offers": ["call", "visit"],
        "contact": author.member.pk,
    }
    document = {"texts": texts, "neutral": neutral, "children": {}}
    return cases.save(case, document, actor=author, seen=case.revision.saved)


def bring_to(state: str, case: Case, author: User, editor: User, reviewers: list[User]) -> Case:
    """Take a draft the way to ``state``."""
    if state == State.DRAFT:
        return case
    case = cases.hand_in(case, actor=author, declared=True)
    if state == State.SUBMITTED:
        return case
    if state == State.WITHDRAWN:
        return cases.withdraw(case, actor=author, reason="Lo raccontiamo meglio tra un anno.")
    if state == State.DECLINED:
        reason = "Il testo non riguarda l’istruzione né la formazione."
        return deciding.decline(case, actor=editor, reason=reason)
    case = deciding.check(case, actor=editor)
    give(reviewing.assign(case, reviewers[0], actor=editor), reviewers[0])
    second = reviewing.assign(case, reviewers[1], actor=editor)
    if state == State.IN_REVIEW:
        return case
    give(second, reviewers[1])
    if state == State.CHANGES_REQUESTED:
        reviewing.remark(case, "evidence", "Quante presenze prima, quante dopo?", actor=editor)
        return deciding.request_changes(case, actor=editor, letter="Servono due cifre: prima e dopo.")
    return deciding.accept(case, actor=editor)


def give(review: Any, reviewer: User) -> Any:
    """A review as somebody fair would give it."""
    values = {
        "scores": {**dict.fromkeys(rubric.CRITERIA, 4), "evidence": 3},
        "recommendation": "changes",
        "for_author": "Si capisce bene che cosa è stato fatto. Mancano le cifre di prima.",
        "for_editor": "",
    }
    reviewing.save_review(review, values, actor=reviewer, seen=review.saved)
    return reviewing.give(review, actor=reviewer)
