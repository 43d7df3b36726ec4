"""What happens to a record after it was published."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from clavet.accounts.models import User
from clavet.publishing import lifecycle, workflow
from clavet.publishing.errors import WrongState
from clavet.publishing.models import Code, LogEntry, Version
from fiches.models import Fiche
from tests import factories

STEPS: dict[str, dict[str, str | None]] = {
    "archive": {"unpublished": None, "published": "archived", "archived": None, "withdrawn": None},
    "restore": {"unpublished": None, "published": None, "archived": "published", "withdrawn": None},
    "withdraw": {"unpublished": "withdrawn", "published": "withdrawn", "archived": "withdrawn", "withdrawn": None},
    "merge": {"unpublished": "withdrawn", "published": "withdrawn", "archived": "withdrawn", "withdrawn": None},
    "confirm": {"unpublished": None, "published": "published", "archived": None, "withdrawn": None},
}
ACTIONS: dict[str, Callable[[Fiche, User], Any]] = {
    "archive": lambda record, user: lifecycle.archive_record(record, actor=user, reason="Old"),
    "restore": lambda record, user: lifecycle.restore_record(record, actor=user),
    "withdraw": lambda record, user: lifecycle.withdraw_record(record, actor=user, reason="Rights"),
    "merge": lambda record, user: lifecycle.merge_record(record, factories.fiche("Other"), actor=user),
    "confirm": lambda record, user: lifecycle.confirm_record(record, actor=user),
}


def in_state(state: str, user: User) -> Fiche:
    if state == "unpublished":
        return factories.unpublished(by=user)
    record = factories.fiche()
    if state == "archived":
        return lifecycle.archive_record(record, actor=user)
    if state == "withdrawn":
        return lifecycle.withdraw_record(record, actor=user, reason="Rights")
    return record


@pytest.mark.parametrize(
    ("step", "state", "leads_to"),
    [(step, state, leads_to) for step, table in STEPS.items() for state, leads_to in table.items()],
)
def test_every_step_of_a_record_from_every_state_is_taken_or_refused(
    step: str, state: str, leads_to: str | None, writer: User
) -> None:
    record = in_state(state, writer)
    if leads_to is None:
        with pytest.raises(WrongState):
            ACTIONS[step](record, writer)
        assert Fiche.objects.get(pk=record.pk).status == state
        return
    ACTIONS[step](record, writer)
    assert Fiche.objects.get(pk=record.pk).status == leads_to
    entry = LogEntry.objects.filter(code_id=record.code_id).last()
    assert entry.actor == writer
    if step != "confirm":
        assert (entry.before, entry.after) == (state, leads_to)


def test_what_is_archived_leaves_the_lists_and_comes_back(fiche: Fiche, writer: User) -> None:
    lifecycle.archive_record(fiche, actor=writer)
    assert not Fiche.objects.visible_to().exists()
    assert Fiche.objects.visible_to(archived=True).get() == fiche
    assert not factories.facets_of(fiche)
    lifecycle.restore_record(fiche, actor=writer)
    assert Fiche.objects.visible_to().get() == fiche
    assert len(factories.facets_of(fiche)["language"]) == 2


def test_a_code_remembers_when_and_why_its_record_was_withdrawn(fiche: Fiche, writer: User) -> None:
    lifecycle.withdraw_record(fiche, actor=writer, reason="A person asked us to.")
    code = Code.objects.get(pk=fiche.code_id)
    assert (code.retirement, code.retired_on, code.reason) == (
        "withdrawn",
        timezone.localdate(),
        "A person asked us to.",
    )


def test_nobody_merges_a_record_into_itself_or_into_one_that_is_gone(fiche: Fiche, writer: User) -> None:
    other = factories.fiche("Other")
    with pytest.raises(WrongState):
        lifecycle.merge_record(fiche, fiche, actor=writer)
    held_before = Fiche.objects.get(pk=other.pk)
    lifecycle.withdraw_record(other, actor=writer, reason="Rights")
    with pytest.raises(WrongState):
        lifecycle.merge_record(fiche, held_before, actor=writer)
    assert Fiche.objects.get(pk=fiche.pk).status == "published"


def test_two_records_do_not_lead_to_each_other(fiche: Fiche, writer: User) -> None:
    other = factories.fiche("Other")
    held_before = Fiche.objects.get(pk=fiche.pk)
    lifecycle.merge_record(fiche, other, actor=writer)
    with pytest.raises(WrongState):
        lifecycle.merge_record(other, held_before, actor=writer)


def test_nobody_merges_a_record_into_one_that_is_not_public(fiche: Fiche, writer: User) -> None:
    with pytest.raises(WrongState):
        lifecycle.merge_record(fiche, factories.unpublished(), actor=writer)


def test_a_withheld_version_says_when_and_why_and_can_be_released(fiche: Fiche, writer: User) -> None:
    factories.renew(fiche)
    version = lifecycle.withhold_version(Version.objects.get(number=1), actor=writer, why="privacy", note="A name")
    assert (version.withheld, version.withheld_on, version.withheld_note) == (
        "privacy",
        timezone.localdate(),
        "A name",
    )
    assert Version.objects.get(number=1).document["texts"]["title"] == "A workshop bus"
    version = lifecycle.release_version(version, actor=writer)
    assert (version.withheld, version.withheld_on) == ("", None)


def test_the_live_version_is_not_withheld(fiche: Fiche, writer: User) -> None:
    with pytest.raises(WrongState):
        lifecycle.withhold_version(Version.objects.get(), actor=writer, why="privacy")
    assert Version.objects.get().withheld == ""


def test_confirming_moves_the_day_of_the_next_look(fiche: Fiche, writer: User) -> None:
    day = datetime.date(2027, 5, 3)
    record = lifecycle.confirm_record(fiche, actor=writer, today=day)
    assert (record.confirmed_on, record.review_by) == (day, workflow.add_months(day, 24))


@pytest.mark.parametrize(("days", "expected"), [(0, False), (183, False), (184, True), (400, True)])
def test_facts_count_as_unconfirmed_six_months_after_the_day_of_review(days: int, expected: bool, fiche: Fiche) -> None:
    fiche.review_by = datetime.date(2026, 1, 1)
    assert fiche.is_unconfirmed(fiche.review_by + datetime.timedelta(days=days)) is expected
