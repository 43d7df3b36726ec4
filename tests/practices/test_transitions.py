"""Every role × every state × every action of a case, held against the table; what is refused changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from clavet.accounts.models import User
from clavet.publishing.errors import PublishingError
from clavet.publishing.models import LogEntry, Revision, Version
from practices import cases, deciding, reviewing, transitions
from practices.models import Case, Practice, Review
from tests import factories
from tests.practices import cases as made

State = Case.State
SNAPSHOT = (Case, Revision, Review, Version, LogEntry, Practice)

# Who may do what, and in which states: written by hand from records.md, so that the code is held against it.
AUTHORS = {"author"}
EDITORS = {"coordinator"}
BY_HAND = {
    "save": (AUTHORS, {State.DRAFT, State.CHANGES_REQUESTED}),
    "hand_in": (AUTHORS, {State.DRAFT, State.CHANGES_REQUESTED}),
    "withdraw": (
        AUTHORS,
        {State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.CHANGES_REQUESTED, State.DECLINED},
    ),
    "reply": (AUTHORS, {State.DECLINED}),
    "check": (EDITORS, {State.SUBMITTED}),
    "assign": (EDITORS, {State.IN_REVIEW}),
    "request_changes": (EDITORS, {State.SUBMITTED, State.IN_REVIEW}),
    "accept": (EDITORS, {State.IN_REVIEW}),
    # Only a change of what is published is waved through: none of these cases is one.
    "wave_through": (EDITORS, set()),
    "decline": (EDITORS, {State.SUBMITTED, State.IN_REVIEW}),
}


@pytest.fixture
def people(db: None) -> dict[str, Any]:
    """One person in each role, around an authority and a partner of it."""
    where, partner, elsewhere = made.authority("Here"), made.authority("Partner"), made.authority("Elsewhere")
    return {
        "where": where,
        "partner": partner,
        "visitor": AnonymousUser(),
        "person without a place": factories.person(),
        "member": made.belongs(factories.person(), where, "member"),
        "author": made.author(where),
        "author elsewhere": made.author(elsewhere),
        "reviewer": made.reviewer(elsewhere),
        "reviewer of the authority": made.reviewer(where),
        "reviewer of a partner": made.reviewer(partner),
        "coordinator": factories.coordinator(),
        "coordinator of the authority": made.belongs(factories.coordinator(), where, "member"),
        "coordinator of a partner": made.belongs(factories.coordinator(), partner, "member"),
        "administrator": factories.administrator(),
        "superuser": factories.superuser(),
        "author who left": left(made.author(where)),
    }


def left(user: User) -> User:
    user.member.memberships.update(left_on="2026-01-01")
    return User.objects.get(pk=user.pk)


def case_in(state: str, people: dict[str, Any]) -> Case:
    """A case in ``state``, with two reviews where it is in review."""
    author, editor = people["author"], people["coordinator"]
    partners = [{"id": "p1", "authority": people["partner"].code_id, "name": "Partner"}]
    if state == State.DRAFT:
        return made.draft(people["where"], author, partners=partners)
    case = made.handed_in(people["where"], author, partners=partners)
    if state == State.WITHDRAWN:
        return cases.withdraw(case, actor=author)
    if state == State.CHANGES_REQUESTED:
        return deciding.request_changes(case, actor=editor, letter="Please add figures.")
    if state == State.SUBMITTED:
        return case
    case = deciding.check(case, actor=editor)
    for _each in range(2):
        made.reviewed(case, made.reviewer(), editor)
    if state == State.ACCEPTED:
        return deciding.accept(case, actor=editor)
    if state == State.DECLINED:
        return deciding.decline(case, actor=editor, reason="Not about education.")
    return case


def actions(people: dict[str, Any]) -> dict[str, Callable[[Case, Any], Any]]:
    """How each action is asked for."""
    fresh = made.reviewer()
    return {
        "save": lambda case, who: cases.save_fields(
            case, {"texts": {"title": "Another"}}, actor=who, seen=case.revision.saved
        ),
        "hand_in": lambda case, who: cases.hand_in(case, actor=who, declared=True),
        "withdraw": lambda case, who: cases.withdraw(case, actor=who),
        "reply": lambda case, who: cases.reply(case, actor=who, text="It is about training."),
        "check": lambda case, who: deciding.check(case, actor=who),
        "assign": lambda case, who: reviewing.assign(case, fresh, actor=who),
        "request_changes": lambda case, who: deciding.request_changes(case, actor=who, letter="Figures, please."),
        "accept": lambda case, who: deciding.accept(case, actor=who),
        "wave_through": lambda case, who: deciding.wave_through(case, actor=who, reason="A typo."),
        "decline": lambda case, who: deciding.decline(case, actor=who, reason="Not about education."),
    }


def standing() -> list[Any]:
    """Everything that a step could change."""
    return [list(model.objects.order_by("pk").values()) for model in SNAPSHOT]


def test_the_table_names_every_action() -> None:
    assert transitions.ACTIONS.keys() == BY_HAND.keys()


@pytest.mark.parametrize("state", State.values)
def test_each_role_can_do_in_each_state_what_the_table_says_and_nothing_else(
    state: str, people: dict[str, Any]
) -> None:
    case = case_in(state, people)
    before = standing()
    roles = {name: who for name, who in people.items() if name not in ("where", "partner")}
    for name, act in actions(people).items():
        before = standing() if name == "save" else before
        for role, who in roles.items():
            allowed = role in BY_HAND[name][0] and state in BY_HAND[name][1]
            case = Case.objects.select_related("revision").get(pk=case.pk)
            assert transitions.ACTIONS[name].is_open_to(who, case) == allowed, (role, name)
            with transaction.atomic():
                try:
                    act(case, who)
                except PublishingError:
                    assert not allowed, f"{role} cannot {name} in {state}"
                    assert standing() == before, f"{role}: {name} was refused in {state}, and yet something changed"
                else:
                    assert allowed, f"{role} can {name} in {state}"
                    target = transitions.ACTIONS[name].target or state
                    assert Case.objects.get(pk=case.pk).state == target
                transaction.set_rollback(True)


@pytest.mark.parametrize("role", ["reviewer of the authority", "reviewer of a partner", "author elsewhere"])
def test_who_is_concerned_or_no_reviewer_is_never_asked_to_review(role: str, people: dict[str, Any]) -> None:
    case = case_in(State.IN_REVIEW, people)
    with pytest.raises(PublishingError):
        reviewing.assign(case, people[role], actor=people["coordinator"])


def test_a_review_is_written_by_nobody_but_its_reviewer(people: dict[str, Any]) -> None:
    case = case_in(State.IN_REVIEW, people)
    review = reviewing.assign(case, people["reviewer"], actor=people["coordinator"])
    for role, who in people.items():
        if role in ("where", "partner", "reviewer"):
            continue
        with pytest.raises(PublishingError):
            reviewing.save_review(review, {"for_author": "Mine."}, actor=who, seen=0)
        with pytest.raises(PublishingError):
            reviewing.give(review, actor=who)


def test_a_reviewer_who_joins_the_authority_meanwhile_is_no_longer_heard(people: dict[str, Any]) -> None:
    case = case_in(State.IN_REVIEW, people)
    who = made.reviewer()
    review = reviewing.assign(case, who, actor=people["coordinator"])
    who = made.belongs(who, people["where"], "member")
    with pytest.raises(PublishingError):
        reviewing.save_review(review, {"for_author": "Mine."}, actor=who, seen=0)
