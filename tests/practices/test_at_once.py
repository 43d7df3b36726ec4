"""Two who decide at the same moment: one wins, the other is told, nothing is doubled."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from clavet.publishing.errors import PublishingError, WrongState
from clavet.publishing.models import LogEntry, Version
from practices import adopting, cases, deciding, reviewing
from practices.models import Adoption, Case, Practice, Review
from tests import factories
from tests.practices import cases as made
from tests.simultaneous import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

# The second step without partners and sources.
NO_ROWS = {f"{rows}-{name}_FORMS": "0" for rows in ("partners", "sources") for name in ("TOTAL", "INITIAL")}


@pytest.fixture(autouse=True)
def really_postgresql() -> None:
    assert connection.vendor == "postgresql"


def ready() -> tuple[Case, list]:
    """A case on which a decision can be taken, and two editors."""
    where, editors = made.authority(), [factories.coordinator(), factories.coordinator()]
    case = made.in_review(where, made.author(where), editors[0])
    for _each in range(2):
        made.reviewed(case, made.reviewer(), editors[0])
    return case, editors


def test_of_two_editors_who_decide_at_once_one_decides() -> None:
    case, (first, second) = ready()
    outcomes = at_once(
        lambda: deciding.accept(Case.objects.get(pk=case.pk), actor=first),
        lambda: deciding.decline(Case.objects.get(pk=case.pk), actor=second, reason="No"),
    )
    assert sum(isinstance(outcome, WrongState) for outcome in outcomes) == 1
    state = Case.objects.get(pk=case.pk).state
    assert Practice.objects.get().version == (1 if state == "accepted" else 0)
    assert LogEntry.objects.filter(action__in=("approved", "declined")).count() == 1


def test_of_two_editors_who_publish_at_once_one_makes_a_version() -> None:
    case, editors = ready()
    outcomes = at_once(
        *(lambda user=user: deciding.accept(Case.objects.get(pk=case.pk), actor=user) for user in editors)
    )
    assert sum(isinstance(outcome, WrongState) for outcome in outcomes) == 1
    assert Version.objects.count() == 1


def test_giving_up_and_publishing_at_once_ends_in_one_of_the_two() -> None:
    case, (editor, _other) = ready()
    author = case.revision.author
    outcomes = at_once(
        lambda: deciding.accept(Case.objects.get(pk=case.pk), actor=editor),
        lambda: cases.withdraw(Case.objects.get(pk=case.pk), actor=author),
    )
    assert sum(isinstance(outcome, PublishingError) for outcome in outcomes) == 1
    standing = Case.objects.get(pk=case.pk)
    assert (standing.state == "accepted") == bool(Practice.objects.get().version)


def test_a_reviewer_who_is_asked_twice_at_once_gets_one_review() -> None:
    where, editor, second = made.authority(), factories.coordinator(), factories.coordinator()
    case, reviewer = made.in_review(where, made.author(where), editor), made.reviewer()
    at_once(
        *(
            lambda user=user: reviewing.assign(Case.objects.get(pk=case.pk), reviewer, actor=user)
            for user in (editor, second)
        )
    )
    assert Review.objects.count() == 1


def test_colleagues_who_save_at_once_do_not_overwrite_each_other() -> None:
    where = made.authority()
    writers = [made.author(where), made.author(where)]
    case = made.draft(where, writers[0])
    seen = case.revision.saved
    outcomes = at_once(
        *(
            lambda user=user: cases.save_fields(
                Case.objects.get(pk=case.pk), {"texts": {"title": user.name}}, actor=user, seen=seen
            )
            for user in writers
        )
    )
    assert sum(isinstance(outcome, PublishingError) for outcome in outcomes) == 1
    assert Case.objects.get().revision.saved == seen + 1


def test_of_two_colleagues_who_declare_at_once_one_does() -> None:
    practice, place = made.practice(), made.authority()
    people = [made.author(place), made.author(place)]
    values = {
        "language": "en",
        "since": "2025-02",
        "what_was_changed": "The day.",
        "what_was_learned": "Ask first.",
        "outcome": "partly",
    }
    outcomes = at_once(*(lambda user=user: adopting.declare(practice, place, values, actor=user) for user in people))
    assert sum(isinstance(outcome, WrongState) for outcome in outcomes) == 1
    adoption = Adoption.objects.get()
    coordinators = [factories.coordinator(), factories.coordinator()]
    outcomes = at_once(
        *(lambda user=user: adopting.confirm(Adoption.objects.get(pk=adoption.pk), actor=user) for user in coordinators)
    )
    assert sum(isinstance(outcome, WrongState) for outcome in outcomes) == 1
    assert Practice.objects.get().adopted_by == 1


def test_no_save_is_lost_of_authors_who_type_at_once_each_in_her_own_text() -> None:
    where = made.authority()
    writers = [made.author(where) for _each in range(3)]
    drafts = [made.draft(where, writer) for writer in writers]

    def types(writer: Any, case: Case) -> list[int]:
        client, seen, statuses = Client(), case.revision.saved, []
        client.force_login(writer)
        for number in range(3):
            sent = {"seen": seen, "text-challenge": f"{writer.name}, {number}", **NO_ROWS}
            answer = client.post(f"/en/desk/practices/{case.code_id}/step/2/", sent, headers={"X-Autosave": "1"})
            statuses.append(answer.status_code)
            seen = answer.json()["seen"]
        return statuses

    outcomes = at_once(
        *(lambda writer=writer, case=case: types(writer, case) for writer, case in zip(writers, drafts, strict=True))
    )
    assert outcomes == [[200] * 3] * 3
    for writer, case in zip(writers, drafts, strict=True):
        revision = Case.objects.get(pk=case.pk).revision
        assert revision.document["texts"]["challenge"] == f"{writer.name}, 2"
        assert revision.saved == case.revision.saved + 3
