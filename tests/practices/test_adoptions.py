"""Adoptions: who may do what in which state, what the public sees of them, and who hears of what."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from clavet.accounts.models import User
from clavet.cache import generation
from clavet.mail.models import Email
from clavet.publishing import lifecycle
from clavet.publishing.actors import OPERATOR
from clavet.publishing.errors import Invalid, PublishingError, WrongState
from network.models import Authority
from practices import adopting, sample
from practices.models import Adoption, AdoptionLog, AdoptionReport, Practice
from tests import factories
from tests.factories import as_
from tests.practices import cases as made

pytestmark = pytest.mark.django_db
State = Adoption.State
MARKER = re.compile(r"zz[a-z]+zz")
SNAPSHOT = (Adoption, AdoptionLog, AdoptionReport, Practice, Email)
DESK = "/en/desk/practices/adoptions/"
TOLD = {
    "language": "hr",
    "since": "2025-02",
    "what_was_changed": "zzchangedzz na četvrtak",
    "what_was_learned": "zzlearnedzz",
    "outcome": "partly",
}
REPORT = {"language": "hr", "what_came_of_it": "zzreportzz", "outcome": "not_achieved"}


def fresh(adoption: Adoption) -> Adoption:
    return Adoption.objects.select_related("practice", "authority").get(pk=adoption.pk)


@pytest.fixture
def where() -> Authority:
    """Whose practice it is."""
    return made.authority("Owner", latitude="44.2", longitude="10.9")


@pytest.fixture
def adopters() -> Authority:
    """Who adapts it."""
    return made.authority("Općina Proba", own_language="hr", country="HR", latitude="45.7", longitude="16.9")


@pytest.fixture
def practice(where: Authority) -> Practice:
    """A published practice."""
    return made.practice(where=where)


@pytest.fixture
def people(where: Authority, adopters: Authority, practice: Practice) -> dict[str, Any]:
    """One person in each role, around the two authorities."""
    member = made.belongs(factories.person(), adopters, "member")
    left = made.author(adopters)
    left.member.memberships.update(left_on="2026-01-01")
    return {
        "visitor": AnonymousUser(),
        "person without a place": factories.person(),
        "member who declared": member,
        "another member": made.belongs(factories.person(), adopters, "member"),
        "author": made.author(adopters),
        "author who left": User.objects.get(pk=left.pk),
        "author of the owner": made.author(where),
        "author elsewhere": made.author(made.authority()),
        "reviewer": made.reviewer(),
        "coordinator": factories.coordinator(name="Grace Coordinator"),
        "coordinator of the adopters": made.belongs(factories.coordinator(), adopters, "member"),
        "coordinator of the owner": made.belongs(factories.coordinator(), where, "member"),
        "administrator": factories.administrator(),
        "superuser": factories.superuser(),
    }


def adoption_in(state: str, practice: Practice, adopters: Authority, by: Any, **values: str) -> Adoption:
    """An adoption in ``state``; a confirmed one was asked for its report."""
    adoption = adopting.declare(practice, adopters, {**TOLD, **values}, actor=by)
    if state == State.CONFIRMED:
        adoption = adopting.confirm(adoption, actor=OPERATOR)
        adopting.ask(adoption, timezone.localdate())
    elif state == State.REFUSED:
        adoption = adopting.refuse(adoption, actor=OPERATOR, reason="zzreasonzz")
    elif state == State.WITHDRAWN:
        adoption = adopting.withdraw(adoption, actor=by, reason="zzwhyzz")
    return adoption


def standing() -> list[Any]:
    """Everything that a step could change."""
    return [list(model.objects.order_by("pk").values()) for model in SNAPSHOT]


# Who may do what, in which states: written by hand from records.md and the brief of the room.
ADOPTERS, JUDGES = {"member who declared", "author"}, {"coordinator"}
BY_HAND = {
    "change": (ADOPTERS, {State.DECLARED}),
    "withdraw": (ADOPTERS | JUDGES, {State.DECLARED, State.CONFIRMED}),
    "report": (ADOPTERS, {State.CONFIRMED}),
    "confirm": (JUDGES, {State.DECLARED}),
    "refuse": (JUDGES, {State.DECLARED}),
}
ACTIONS: dict[str, Callable[[Adoption, Any], Any]] = {
    "change": lambda adoption, who: adopting.change(adoption, {**TOLD, "outcome": "achieved"}, actor=who),
    "withdraw": lambda adoption, who: adopting.withdraw(adoption, actor=who, reason="It was not ours."),
    "report": lambda adoption, who: adopting.report(adoption, REPORT, actor=who),
    "confirm": lambda adoption, who: adopting.confirm(adoption, actor=who),
    "refuse": lambda adoption, who: adopting.refuse(adoption, actor=who, reason="Not the same thing."),
}
# The address behind each action, and what its form sends.
ADDRESSES = {
    "change": ("change/", {**TOLD, "outcome": "achieved"}),
    "withdraw": ("withdraw/", {"text": "It was not ours."}),
    "report": ("report/", REPORT),
}


@pytest.mark.parametrize("state", State.values)
def test_each_role_can_do_in_each_state_what_the_table_says_and_nothing_else(
    state: str, people: dict[str, Any], practice: Practice, adopters: Authority
) -> None:
    adoption = adoption_in(state, practice, adopters, people["member who declared"])
    before = standing()
    for name, act in ACTIONS.items():
        for role, who in people.items():
            allowed = role in BY_HAND[name][0] and state in BY_HAND[name][1]
            with transaction.atomic():
                try:
                    act(fresh(adoption), who)
                except PublishingError:
                    assert not allowed, f"{role} cannot {name} in {state}"
                    assert standing() == before, f"{role}: {name} was refused in {state}, and yet something changed"
                else:
                    assert allowed, f"{role} can {name} in {state}"
                transaction.set_rollback(True)


@pytest.mark.parametrize("state", State.values)
def test_who_may_not_gets_404_or_403_at_every_address_and_nothing_changes(
    state: str, people: dict[str, Any], practice: Practice, adopters: Authority
) -> None:
    adoption = adoption_in(state, practice, adopters, people["member who declared"])
    before = standing()
    admin = f"/admin/practices/adoption/{adoption.pk}/change/"
    for role, who in people.items():
        if role in ("visitor", *ADOPTERS):
            continue
        client = as_(who)
        for name, (place, values) in ADDRESSES.items():
            if role in BY_HAND[name][0]:
                continue
            for answer in (
                client.get(f"{DESK}{adoption.pk}/{place}"),
                client.post(f"{DESK}{adoption.pk}/{place}", values),
            ):
                assert answer.status_code == 404, (role, name)
        if "coordinator" not in role:
            assert client.get(admin).status_code in (302, 403), role
        if role != "coordinator":
            for action in ("confirm", "refuse", "withdraw"):
                client.post(admin, {"action": action, "text": "x"})
        assert standing() == before, role
    for place in ("", *(place for place, _values in ADDRESSES.values())):
        assert as_(people["visitor"]).get(f"{DESK}{adoption.pk}/{place}").status_code == 302


def test_who_belongs_to_neither_reads_nothing_of_an_adoption(
    people: dict[str, Any], practice: Practice, adopters: Authority
) -> None:
    adoption = adoption_in(State.DECLARED, practice, adopters, people["member who declared"])
    readers = {"member who declared", "another member", "author"} | {role for role in people if "coordinator" in role}
    for role, who in people.items():
        expected = 200 if role in readers else 302 if role == "visitor" else 404
        assert as_(who).get(f"{DESK}{adoption.pk}/").status_code == expected, role
    for person in (people["author of the owner"], people["author elsewhere"]):
        page = as_(person).get(DESK).content.decode()
        assert not MARKER.search(page)
        assert adopters.own_name not in page


# ---------------------------------------------------------------- declaring


def test_only_who_has_a_place_declares_and_not_of_their_own_practice(
    people: dict[str, Any], practice: Practice, where: Authority, adopters: Authority
) -> None:
    before = standing()
    may = {"member who declared", "another member", "author", "coordinator of the adopters"}
    for role, who in people.items():
        with transaction.atomic():
            try:
                adopting.declare(practice, adopters, TOLD, actor=who)
            except PublishingError:
                assert role not in may
                assert standing() == before
            else:
                assert role in may, role
            transaction.set_rollback(True)
    with pytest.raises(WrongState):
        adopting.declare(practice, where, TOLD, actor=people["author of the owner"])
    draft = made.draft(where, people["author of the owner"]).practice
    with pytest.raises(WrongState):
        adopting.declare(draft, adopters, TOLD, actor=people["author"])


def test_an_authority_has_one_open_adoption_of_a_practice(
    people: dict[str, Any], practice: Practice, adopters: Authority
) -> None:
    first = adoption_in(State.DECLARED, practice, adopters, people["author"])
    with pytest.raises(WrongState):
        adopting.declare(practice, adopters, TOLD, actor=people["another member"])
    copy = {field.attname: getattr(first, field.attname) for field in Adoption._meta.fields if field.name != "id"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Adoption.objects.create(**copy)
    adopting.refuse(first, actor=people["coordinator"], reason="Too early.")
    assert adopting.declare(practice, adopters, TOLD, actor=people["author"]).state == State.DECLARED


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("since", ""),
        ("since", "2999-01"),
        ("since", "last year"),
        ("what_was_changed", "  "),
        ("what_was_learned", "x" * 2001),
        ("outcome", "splendid"),
        ("language", "xx"),
        ("authority", "AU-9999"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_declared(
    name: str, value: str, people: dict[str, Any], practice: Practice, adopters: Authority
) -> None:
    address = f"{DESK}new/{practice.code_id}/"
    values = {**TOLD, "authority": adopters.code_id, name: value}
    answer = as_(people["author"]).post(address, values)
    assert answer.status_code == 400
    assert f'id="id_{name}_error"' in answer.content.decode()
    assert not Adoption.objects.exists()
    if name != "authority" and value != "last year":
        with pytest.raises(Invalid):
            adopting.declare(practice, adopters, values, actor=people["author"])


def test_the_button_leads_through_the_log_in_and_says_what_is_needed(
    people: dict[str, Any], practice: Practice, adopters: Authority
) -> None:
    address = f"{DESK}new/{practice.code_id}/"
    assert address in Client().get(practice.url_in("en")).content.decode()
    answer = as_(people["visitor"]).get(address)
    assert answer.status_code == 302
    assert f"next=%2Fen%2Fdesk%2Fpractices%2Fadoptions%2Fnew%2F{practice.code_id}" in answer["Location"]
    nobody = as_(people["person without a place"])
    assert "belongs to none yet" in nobody.get(address).content.decode()
    assert nobody.post(address, {**TOLD, "authority": adopters.code_id}).status_code == 403
    assert "your own authority" in as_(people["author of the owner"]).get(address).content.decode()
    assert as_(people["author"]).get(f"{DESK}new/BP-9999/").status_code == 404
    assert not Adoption.objects.exists()


def test_an_adoption_goes_from_the_button_to_the_page_and_back(
    people: dict[str, Any], practice: Practice, adopters: Authority
) -> None:
    author, coordinator = as_(people["author"]), as_(people["coordinator"])
    values = {**TOLD, "authority": adopters.code_id}
    assert author.post(f"{DESK}new/{practice.code_id}/", values).status_code == 302
    adoption = Adoption.objects.get()
    assert author.post(f"{DESK}{adoption.pk}/change/", {**TOLD, "what_was_learned": "zzbetterzz"}).status_code == 302
    assert AdoptionLog.objects.get(action="changed").details == {"what_was_learned": "zzlearnedzz"}
    admin = f"/admin/practices/adoption/{adoption.pk}/change/"
    assert "zzbetterzz" in coordinator.get(admin).content.decode()
    assert adopters.own_name in coordinator.get("/admin/practices/adoption/").content.decode()
    assert adopters.own_name in coordinator.get("/en/desk/").content.decode()
    coordinator.post(admin, {"action": "refuse", "text": ""})
    assert fresh(adoption).state == State.DECLARED
    coordinator.post(admin, {"action": "confirm"})
    assert "zzbetterzz" in Client().get(practice.url_in("en")).content.decode()
    assert author.get(f"{DESK}{adoption.pk}/withdraw/").status_code == 200
    assert author.post(f"{DESK}{adoption.pk}/withdraw/", {"text": ""}).status_code == 302
    assert "zzbetterzz" not in Client().get(practice.url_in("en")).content.decode()


# ---------------------------------------------------------------- what the public sees


def test_only_confirmed_adoptions_are_anywhere_in_public(
    people: dict[str, Any], practice: Practice, where: Authority
) -> None:
    for state in (State.DECLARED, State.REFUSED, State.WITHDRAWN):
        place = made.authority(f"zz{state}zz")
        adoption_in(state, practice, place, made.author(place))
        # The authority itself is in the directory.
        Authority.objects.filter(pk=place.pk).update(status="applied")
    paths = (
        practice.url_in("en"), practice.url_in("el"), "/en/practices/", "/en/practices/?adapted=yes", "/en/",
        "/en/practices/feed.atom", "/en/search/?q=četvrtak", f"/en/practices/{practice.code_id}/v/1/",
        "/sitemap.xml",
    )  # fmt: skip
    for path in paths:
        told = Client().get(path).content.decode()
        assert not MARKER.search(told), path
        assert "Adapted by" not in told, path
    assert 'value="yes"' not in Client().get("/en/practices/").content.decode()


def test_the_page_says_who_adapted_it_in_their_words_with_a_map(
    people: dict[str, Any], practice: Practice, adopters: Authority
) -> None:
    adoption = adoption_in(State.CONFIRMED, practice, adopters, people["author"])
    other = made.authority("Malta Council", country="MT")
    adoption_in(State.CONFIRMED, practice, other, made.author(other), language="en")
    adopting.report(adoption, REPORT, actor=people["author"])
    page = Client().get(practice.url_in("en")).content.decode()
    assert "Adapted by 2 authorities in 2 countries" in page
    assert '<dd lang="hr">zzchangedzz na četvrtak</dd>' in page
    assert '<dd lang="hr">zzreportzz</dd>' in page
    assert "<dd>zzlearnedzz</dd>" in page
    # Malta is too small for these outlines: it is in the list, and on the map there is one arc.
    assert page.count("marker-end") == 1
    assert "Malta Council" in page
    assert "map-origin" in page
    assert "map-not_achieved" in page
    assert "Adapted by 2 authorities" in Client().get("/en/practices/?adapted=yes").content.decode()


def test_facets_cards_and_kept_pages_follow_in_the_same_transaction(
    people: dict[str, Any], practice: Practice, adopters: Authority
) -> None:
    adoption = adoption_in(State.DECLARED, practice, adopters, people["author"])
    assert not factories.facets_of(practice).get("adapted")
    bump = generation.bump
    for act, adapted in ((adopting.confirm, {"yes"}), (adopting.withdraw, set())):
        with pytest.MonkeyPatch.context() as patched:
            bumped: list[int] = []
            patched.setattr(generation, "bump", lambda bumped=bumped: bump() or bumped.append(1))
            act(fresh(adoption), actor=people["coordinator"])
        assert bumped
        assert set(factories.facets_of(practice).get("adapted", ())) == adapted
        assert Practice.objects.get(pk=practice.pk).adopted_by == len(adapted)


def test_an_adoption_of_a_practice_that_is_gone_is_not_shown_and_not_confirmed(
    people: dict[str, Any], practice: Practice, adopters: Authority
) -> None:
    confirmed = adoption_in(State.CONFIRMED, practice, adopters, people["author"])
    place = made.authority()
    waiting = adoption_in(State.DECLARED, practice, place, made.author(place))
    lifecycle.withdraw_record(practice, actor=OPERATOR, reason="A person asked us to.")
    assert not Adoption.objects.public().exists()
    with pytest.raises(WrongState):
        adopting.confirm(waiting, actor=people["coordinator"])
    assert not MARKER.search(Client().get(practice.url_in("en")).content.decode())
    assert as_(people["author"]).get(f"{DESK}{confirmed.pk}/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_page_and_desk_ask_the_database_as_often_for_one_as_for_three(
    rows: int, people: dict[str, Any], practice: Practice, where: Authority, django_assert_num_queries: Any
) -> None:
    own = made.authority()
    author = made.belongs(made.author(where), own)
    for number in range(rows):
        place = made.authority(country=["HR", "ES", "RO"][number])
        adoption_in(State.CONFIRMED, practice, place, made.author(place))
    client = as_(author)
    client.get(DESK)
    with django_assert_num_queries(7):
        client.get(DESK)
    with django_assert_num_queries(13):
        Client().get(practice.url_in("en"))


# ---------------------------------------------------------------- mails and the clock


def sent_to(user: User, name: str) -> list[Email]:
    return list(Email.objects.filter(user=user, name=f"practices.{name}").order_by("pk"))


def test_each_hears_what_is_theirs_to_know(people: dict[str, Any], practice: Practice, adopters: Authority) -> None:
    adoption = adoption_in(State.DECLARED, practice, adopters, people["member who declared"])
    assert len(sent_to(people["coordinator"], "adoption_declared")) == 1
    for role in ("coordinator of the owner", "coordinator of the adopters", "administrator"):
        assert not sent_to(people[role], "adoption_declared")
    adopting.refuse(adoption, actor=people["coordinator"], reason="Not *yet*.")
    told = sent_to(people["member who declared"], "adoption_stands")
    assert "Not *yet*." in told[0].text
    assert not sent_to(people["author of the owner"], "adopted")
    adopting.confirm(
        adoption_in(State.DECLARED, practice, adopters, people["member who declared"]), actor=people["coordinator"]
    )
    assert len(sent_to(people["member who declared"], "adoption_stands")) == 2
    assert len(sent_to(people["author of the owner"], "adopted")) == 1
    told = Email.objects.filter(name__in=("practices.adoption_stands", "practices.adopted"))
    assert not [mail for mail in told if people["coordinator"].name in mail.text]


def test_after_a_year_the_adopters_are_asked_once_and_reminded_once(
    people: dict[str, Any], practice: Practice, adopters: Authority
) -> None:
    member = people["member who declared"]
    adoption = adopting.declare(practice, adopters, TOLD, actor=member)
    adopting.confirm(adoption, actor=people["coordinator"])
    today = timezone.localdate()
    due = adopting.workflow.add_months(today, 12)
    assert adopting.ask_for_reports(due - datetime.timedelta(days=1)) == 0
    assert [adopting.ask_for_reports(due) for _each in range(2)] == [1, 0]
    assert adopting.ask_for_reports(due + datetime.timedelta(days=20)) == 0
    later = due + datetime.timedelta(days=40)
    assert [adopting.ask_for_reports(later) for _each in range(2)] == [1, 0]
    assert [mail.subject.startswith("May we ask once more") for mail in sent_to(member, "adoption_report")] == [
        False,
        True,
    ]
    assert "How did it go on?" in as_(member).get("/en/desk/").content.decode()
    as_(member).post(f"{DESK}{adoption.pk}/report/", REPORT)
    first = fresh(adoption)
    assert (first.outcome, first.report.outcome) == ("partly", "not_achieved")
    assert adopting.ask_for_reports(later + datetime.timedelta(days=90)) == 0


def test_who_declared_and_left_is_not_asked_but_the_authors_are(
    people: dict[str, Any], practice: Practice, adopters: Authority
) -> None:
    member = people["member who declared"]
    adoption_in(State.CONFIRMED, practice, adopters, member)
    member.member.memberships.update(left_on=timezone.localdate())
    assert adopting.ask_for_reports(timezone.localdate()) == 1
    assert not sent_to(member, "adoption_report")
    assert len(sent_to(people["author"], "adoption_report")) == 1


# ---------------------------------------------------------------- the log, the sample


def test_the_log_is_not_edited_and_not_shortened(
    people: dict[str, Any], practice: Practice, adopters: Authority
) -> None:
    entry = adoption_in(State.DECLARED, practice, adopters, people["author"]).log.get()
    for change in (entry.save, entry.delete):
        with pytest.raises(TypeError):
            change()


def test_adoptions_of_the_sample_go_with_it_and_others_are_counted_anew(
    people: dict[str, Any], practice: Practice, adopters: Authority
) -> None:
    place = made.authority()
    adoption_in(State.CONFIRMED, practice, place, made.author(place))
    adoption_in(State.CONFIRMED, practice, adopters, people["author"])
    Authority.objects.filter(pk=adopters.pk).update(is_sample=True)
    sample.remove_adoptions()
    assert Practice.objects.get(pk=practice.pk).adopted_by == Adoption.objects.count() == 1
    assert set(factories.facets_of(practice)["adapted"]) == {"yes"}
