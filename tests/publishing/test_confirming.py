"""Owners are asked whether what they published is still true; one button says so, and nothing else does."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clavet.accounts.models import User
from clavet.mail.models import Email
from clavet.operations import periodic
from clavet.publishing import confirming, effects, lifecycle
from clavet.publishing.actors import OPERATOR
from clavet.publishing.confirming_views import waiting_for
from clavet.publishing.errors import WrongState
from clavet.publishing.models import LogEntry
from fiches.models import Fiche
from network.models import Membership
from practices.models import Practice
from tests import factories
from tests.factories import as_
from tests.practices import cases as made

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def due_since(record: Any, days: int) -> Any:
    """The record as one whose facts have wanted confirming for so many days."""
    type(record).objects.filter(pk=record.pk).update(review_by=timezone.localdate() - days * DAY)
    effects.public_change(record.code_id)
    return type(record).objects.get(pk=record.pk)


def sent() -> list[Email]:
    return list(Email.objects.filter(name="publishing.confirm").order_by("pk"))


def link_in(email: Email) -> str:
    return re.search(r"/\w\w/facts/[^/\s]+/", email.text)[0]


@pytest.fixture
def where() -> Any:
    return made.authority("Example Town")


@pytest.fixture
def author(where: Any) -> User:
    return made.author(where, language="it")


@pytest.fixture
def practice(where: Any, author: User) -> Practice:
    return due_since(made.practice(where=where), 0)


def test_the_authors_of_now_are_asked_once_and_reminded_once_in_their_language(
    practice: Practice, where: Any, author: User
) -> None:
    gone = made.author(where)
    Membership.objects.filter(member__account=gone).update(left_on=timezone.localdate())
    made.belongs(factories.person(), where, "member")
    today = timezone.localdate()
    assert confirming.ask_due(today - DAY) == 0
    asked = [confirming.ask_due(day) for day in (today, today, today + 89 * DAY, today + 90 * DAY, today + 400 * DAY)]
    assert asked[0] >= 1
    assert asked[1:3] == [0, 0]
    assert asked[3] == asked[0]
    assert asked[4] == 0
    people = {email.user for email in sent()}
    assert author in people
    assert gone not in people
    assert all(person in confirming.owners_of(practice) for person in people)
    assert {email.language for email in sent() if email.user == author} == {"it"}


def test_the_job_runs_from_time_to_time(practice: Practice, author: User) -> None:
    outcome = periodic.run(periodic.JOBS["facts to confirm"])
    assert not outcome.failed
    assert [email for email in sent() if email.user == author]


def test_of_what_has_no_author_all_coordinators_are_asked_and_of_a_fiche_those_who_published_it() -> None:
    first = factories.coordinator()
    practice = made.practice(where=made.authority())
    Membership.objects.update(left_on=timezone.localdate())
    assert first in confirming.owners_of(practice)
    fiche = factories.fiche()
    owners = confirming.owners_of(fiche)
    assert {person.pk for person in owners} == {fiche.owner_id, fiche.code.versions.get().accepted_by_id}
    assert first not in owners
    for person in owners:
        person.groups.clear()
    assert first in confirming.owners_of(Fiche.objects.get(pk=fiche.pk))


def test_looking_confirms_nothing_and_the_button_does_without_logging_in(
    practice: Practice, author: User, client: Client
) -> None:
    confirming.ask_due()
    page = practice.url_in("en")
    before = client.get(page).content.decode()
    path = link_in(next(email for email in sent() if email.user == author))
    assert path.startswith("/it/")
    for answer in (client.get(path), client.head(path)):
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
    assert Practice.objects.get().confirmed_on is None
    assert client.post(path, follow=True).status_code == 200
    practice = Practice.objects.get()
    assert practice.confirmed_on == timezone.localdate()
    assert practice.review_by > timezone.localdate() + 700 * DAY
    entry = LogEntry.objects.filter(code_id=practice.code_id).last()
    assert (entry.action, entry.actor) == ("confirmed", author)
    # The page that was kept has gone with the transaction.
    after = client.get(page).content.decode()
    said = f"confirmed {timezone.localdate():%B %Y}"
    assert said not in before
    assert said in after
    # A second press says that it is done, and moves nothing.
    Practice.objects.update(review_by=practice.review_by + DAY)
    client.post(path)
    assert Practice.objects.get().review_by == practice.review_by + DAY


def test_a_link_ends_with_its_time_its_person_and_its_question(
    practice: Practice, author: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = confirming.link(practice, author).partition("://")[2].partition("/")[2]
    path = f"/{path}"
    assert client.get(path).status_code == 200
    for broken in (f"{path[:-3]}xx/", "/en/facts/nothing/"):
        assert client.post(broken).status_code == 410
    with monkeypatch.context() as patch:
        patch.setattr(confirming, "LINK_AGE", -DAY)
        assert client.post(path).status_code == 410
    Membership.objects.filter(member__account=author).update(left_on=timezone.localdate())
    assert client.post(path).status_code == 410
    Membership.objects.filter(member__account=author).update(left_on=None)
    lifecycle.archive_record(practice, actor=OPERATOR)
    assert client.post(path).status_code == 410
    assert Practice.objects.get().confirmed_on is None


def test_who_comes_second_is_refused(practice: Practice, author: User) -> None:
    due_on = practice.review_by
    lifecycle.confirm_record(practice, actor=author, due_on=due_on)
    with pytest.raises(WrongState):
        lifecycle.confirm_record(practice, actor=author, due_on=due_on)


def test_the_desk_holds_what_waits_and_lets_only_owners_and_coordinators_confirm(
    practice: Practice, where: Any, author: User
) -> None:
    path = f"/en/desk/facts/{practice.code_id}/"
    for person in (author, factories.coordinator()):
        page = as_(person).get("/en/desk/").content.decode()
        assert "Facts to confirm" in page
        assert path in page
    for person in (made.belongs(factories.person(), where, "member"), made.author(made.authority()), made.reviewer()):
        client = as_(person)
        assert "Facts to confirm" not in client.get("/en/desk/").content.decode()
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
    assert Client().post(path).status_code == 302
    assert Practice.objects.get().confirmed_on is None
    client = as_(author)
    client.post(path)
    assert Practice.objects.get().confirmed_on == timezone.localdate()
    assert path not in client.get("/en/desk/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_asks_as_often_for_one_record_as_for_three(number: int, django_assert_num_queries: Any) -> None:
    for _each in range(number):
        due_since(factories.fiche(), 1)
    coordinator = factories.coordinator()
    waiting_for(coordinator, timezone.localdate())
    coordinator = User.objects.get(pk=coordinator.pk)
    with django_assert_num_queries(5):
        assert len(waiting_for(coordinator, timezone.localdate())) == number


def test_what_nobody_confirmed_for_half_a_year_warns_and_sinks_and_rises_again(client: Client) -> None:
    old, new = factories.fiche("Old bus"), factories.fiche("New bus")

    def order(path: str) -> list[str]:
        found = re.findall(r'data-code="(CF-\d+)"', client.get(path).content.decode())
        return list(dict.fromkeys(found))

    new = due_since(new, 183)
    assert order("/en/fiches/") == [new.code_id, old.code_id]
    new = due_since(new, 184)
    assert order("/en/fiches/") == [old.code_id, new.code_id]
    assert order("/en/search/?q=bus") == [old.code_id, new.code_id]
    assert "have not been" in client.get(new.url_in("en")).content.decode()
    lifecycle.confirm_record(new, actor=OPERATOR)
    assert order("/en/fiches/") == [new.code_id, old.code_id]
    assert "have not been" not in client.get(new.url_in("en")).content.decode()


def test_the_admin_finds_what_wants_confirming() -> None:
    due_since(factories.fiche("Bus of long ago"), 200)
    due_since(factories.fiche("Tram of today"), 0)
    factories.fiche("Ferry of next year")
    client = as_(factories.coordinator())
    page = client.get("/admin/fiches/fiche/?facts=due").content.decode()
    assert [name in page for name in ("Bus of", "Tram of", "Ferry of")] == [True, True, False]
    page = client.get("/admin/fiches/fiche/?facts=long").content.decode()
    assert [name in page for name in ("Bus of", "Tram of", "Ferry of")] == [True, False, False]
