"""Several people at the same moment, on a database that really lets them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from clavet.publishing import codes, workflow
from clavet.publishing.errors import Conflict, WrongState
from clavet.publishing.models import Code, Revision, Version
from fiches.models import Fiche
from tests import factories
from tests.simultaneous import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def really_postgresql() -> None:
    assert connection.vendor == "postgresql"


def test_of_two_who_save_at_once_one_wins_and_the_other_is_told() -> None:
    record = factories.fiche()
    people = [factories.coordinator(), factories.coordinator()]
    revision = workflow.open_revision(record, "el", actor=people[0])
    outcomes = at_once(
        *(
            lambda user=user: workflow.save_revision(
                Revision.objects.get(pk=revision.pk), {"texts": {"title": user.name}}, actor=user, seen=0
            )
            for user in people
        )
    )
    won = [outcome for outcome in outcomes if isinstance(outcome, Revision)]
    assert len(won) == 1
    assert [type(outcome) for outcome in outcomes if outcome not in won] == [Conflict]
    stands = Revision.objects.get(pk=revision.pk)
    assert (stands.document, stands.saved) == (won[0].document, 1)


def test_of_two_who_accept_at_once_one_makes_a_version_and_the_other_is_told() -> None:
    record = factories.fiche()
    revision = factories.submitted(record, "en", factories.document("Changed"), by=factories.coordinator())
    outcomes = at_once(
        *(
            lambda user=user: workflow.accept_revision(
                Revision.objects.get(pk=revision.pk), actor=user, significance="major"
            )
            for user in (factories.coordinator(), factories.coordinator())
        )
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Fiche", "WrongState"]
    assert Fiche.objects.get().version == 2
    assert Version.objects.count() == 2


def test_accepting_and_rejecting_at_once_ends_in_one_of_the_two() -> None:
    record = factories.fiche()
    body = factories.translated(factories.document(), "el")
    revision = factories.submitted(record, "el", body, by=factories.coordinator())
    first, second = factories.coordinator(), factories.coordinator()
    outcomes = at_once(
        lambda: workflow.accept_revision(Revision.objects.get(pk=revision.pk), actor=first),
        lambda: workflow.reject_revision(Revision.objects.get(pk=revision.pk), actor=second, reason="No"),
    )
    assert sum(isinstance(outcome, WrongState) for outcome in outcomes) == 1
    state = Revision.objects.get(pk=revision.pk).state
    assert bool(Fiche.objects.get().title_el) is (state == "accepted")


def test_two_texts_of_one_record_accepted_at_once_both_become_public() -> None:
    record = factories.fiche()
    writer, reader = factories.coordinator(), factories.coordinator()
    waiting = [
        factories.submitted(record, language, factories.translated(factories.document(), language), by=writer)
        for language in ("el", "tr")
    ]
    at_once(
        *(
            lambda pk=revision.pk: workflow.accept_revision(Revision.objects.get(pk=pk), actor=reader)
            for revision in waiting
        )
    )
    record = Fiche.objects.get()
    assert (record.title_el, record.title_tr) == ("A workshop bus [el]", "A workshop bus [tr]")
    assert factories.facets_of(record)["language"] == {"en", "el", "tr"}


def test_two_who_open_the_same_language_at_once_get_the_same_revision() -> None:
    record = factories.fiche()
    people = [factories.coordinator(), factories.coordinator()]
    outcomes = at_once(
        *(
            lambda user=user: workflow.open_revision(Fiche.objects.get(pk=record.pk), "el", actor=user)
            for user in people
        )
    )
    assert outcomes[0] == outcomes[1]
    assert Revision.objects.open().filter(language="el").count() == 1


def test_codes_allotted_at_once_are_all_different() -> None:
    outcomes = at_once(*(lambda: codes.allot("CF") for _turn in range(8)))
    assert {code.value for code in outcomes} == {f"CF-{number:04d}" for number in range(1, 9)}


def test_a_code_is_reserved_once_however_many_ask() -> None:
    def reserve() -> Any:
        try:
            return codes.reserve("CF-0007")
        except ValueError as error:
            return error

    outcomes = at_once(*(reserve for _turn in range(4)))
    assert sum(isinstance(outcome, Code) for outcome in outcomes) == 1
