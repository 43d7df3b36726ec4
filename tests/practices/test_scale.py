"""Synthetic practices, authorities and members: like real ones in everything, said to be synthetic, gone when asked."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from clavet.accounts.models import User
from clavet.publishing import documents
from clavet.publishing.models import Code, LogEntry, Revision, Translation, Version
from clavet.search import facet_store
from network.models import Authority, Member, Membership
from practices.library import LIBRARY
from practices.models import Case, Practice, Review
from practices.scale.queue import SHARE, STATES
from tests import factories

pytestmark = pytest.mark.django_db
MODELS = (Practice, Authority, Member, Membership, User, Code, LogEntry, Revision, Translation, Version, Case, Review)


def load(**numbers: int) -> None:
    call_command("load_vocabulary")
    call_command("load_scale", *(f"--{name}={value}" for name, value in numbers.items()))


def practices() -> list[Practice]:
    return list(Practice.objects.order_by("code_id"))


def test_a_synthetic_practice_is_what_an_accepted_one_would_be_and_passes_all_checks() -> None:
    load(practices=12, members=6)
    for practice in practices():
        source = documents.source_document(practice)
        assert source == Version.objects.get(code_id=practice.code_id).document
        assert documents.normalised(practice.shape, source) == source
        assert not list(documents.neutral_problems(practice.shape, source))
        assert not list(documents.text_problems(practice.shape, source, source))
        assert not practice.shape.missing(source)
        (translation,) = Translation.objects.current().filter(code_id=practice.code_id)
        assert not list(documents.text_problems(practice.shape, translation.document, source))
        assert practice.is_sample
        assert practice.is_example
        assert practice.title_en.startswith("Synthetic ")


def test_every_facet_of_the_list_has_values_and_the_queue_has_something_in_every_state(client: Client) -> None:
    load(practices=SHARE * len(STATES), members=4)
    there = facet_store.positions()
    # Nobody has adapted what is made up.
    assert [name for name in LIBRARY.facets if not there.get(name)] == ["adapted"]
    assert set(Case.objects.values_list("state", flat=True)) == set(STATES)
    assert {owner.status for owner in Authority.objects.all()} == {"member"}
    client.force_login(factories.coordinator())
    page = client.get("/admin/practices/case/").content.decode()
    assert all(case.code_id in page for case in Case.objects.all())
    case = Case.objects.get(state=Case.State.SUBMITTED)
    assert client.get(f"/admin/practices/case/{case.pk}/change/").status_code == 200
    assert client.get(f"/en/practices/{case.code_id}/-/", follow=True).status_code == 200


def test_practices_belong_to_synthetic_authorities_even_where_none_are_asked_for() -> None:
    real = factories.authority("Real town")
    load(practices=3)
    owners = Authority.objects.filter(code_id__in=Practice.objects.values("authority"))
    assert real not in owners
    assert all(owner.is_sample and owner.is_example and "ynth" in owner.own_name + "ynth" for owner in owners)
    assert all(practice.compiled_on for practice in practices()), "nobody of its authority can be asked"


def test_members_are_spread_over_the_authorities_and_nobody_can_log_in_as_one() -> None:
    load(authorities=5, members=12)
    counts = [place.memberships.count() for place in Authority.objects.all()]
    assert sum(counts) == 12
    assert max(counts) - min(counts) <= 1
    assert all(place.memberships.filter(role="author").exists() for place in Authority.objects.all())
    assert not [user for user in User.objects.all() if user.has_usable_password()]
    load(authorities=1, members=2)
    assert Member.objects.count() == 14


def test_removing_the_sample_takes_all_of_it_away_without_a_trace() -> None:
    load(practices=SHARE * 2, members=4)
    call_command("remove_sample")
    assert [model.objects.count() for model in MODELS] == [0] * len(MODELS)
