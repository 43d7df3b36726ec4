"""The directory of people: for members, and of each only what she shows them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from network.models import Consent, Member
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/en/desk/people/"


def shown(name: str, place: Any = None, **fields: Any) -> Member:
    """Somebody in the directory."""
    user = factories.member_of(place or factories.authority(name=f"Town of {name}"), name=name)
    Member.objects.filter(account=user).update(**fields)
    return Member.objects.get(account=user)


def names(client: Client, query: str = "") -> str:
    """The page."""
    return client.get(ADDRESS + query).content.decode()


def test_the_directory_is_for_members_and_those_who_work_for_the_network(client: Client) -> None:
    shown("Grace Shown")
    assert client.get(ADDRESS)["Location"].startswith("/accounts/login/")
    for stranger in (factories.person(), factories.superuser(), factories.administrator()):
        client.force_login(stranger)
        assert client.get(ADDRESS).status_code == 403
    for reader in (factories.person("expert"), factories.coordinator(), shown("Ada Reader").account):
        client.force_login(reader)
        assert "Grace Shown" in names(client)


def test_each_detail_is_there_by_consent_only(client: Client) -> None:
    shown("Hidden Person", name_shown=Consent.HIDDEN, email_shown=Consent.PUBLIC)
    quiet = shown("Quiet Person", phone="+39 011")
    open_one = shown("Open Person", phone="+385 1", email_shown=Consent.MEMBERS, phone_shown=Consent.PUBLIC)
    gone = shown("Gone Person")
    gone.memberships.update(left_on="2026-01-01")
    client.force_login(quiet.account)
    page = names(client)
    assert "Hidden Person" not in page
    assert "Gone Person" not in page
    assert "+39 011" not in page
    assert open_one.account.email in page
    assert "+385 1" in page


def test_people_are_found_by_country_language_and_topic(client: Client) -> None:
    factories.vocabulary()
    italy, croatia = factories.authority(), factories.authority("Općina Proba", country="HR", own_language="hr")
    shown("Maria Italiana", italy, languages=["it"], topics=["guidance"])
    reader = shown("Ana Hrvatica", croatia, languages=["hr", "en"], topics=["vet"])
    client.force_login(reader.account)
    for query, found in (
        ("?country=IT", "Maria"), ("?country=HR", "Ana"), ("?language=en", "Ana"), ("?topic=guidance", "Maria"),
    ):  # fmt: skip
        page = names(client, query)
        assert {name for name in ("Maria Italiana", "Ana Hrvatica") if name in page} == {
            next(name for name in ("Maria Italiana", "Ana Hrvatica") if name.startswith(found))
        }, query
    assert "Nobody meets all of these filters" in names(client, "?country=IT&language=hr")
    assert client.get(f"{ADDRESS}?country=XX&topic=nonsense&page=99999").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_directory_asks_as_often_for_one_as_for_three(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    reader = shown("Ada Reader")
    for number in range(rows):
        shown(f"Person {number}")
    client.force_login(reader.account)
    client.get(ADDRESS)
    with django_assert_num_queries(13):
        client.get(ADDRESS)


def test_availability_is_off_until_one_says_otherwise_and_has_a_limit(client: Client) -> None:
    factories.vocabulary()
    member = shown("Ada Reader")
    assert (member.takes_requests, member.requests_at_once) == (False, 1)
    client.force_login(member.account)
    form = {
        "name": "Ada", "language": "en", "name_shown": "members", "email_shown": "hidden", "phone_shown": "hidden",
        "takes_requests": "on", "requests_at_once": 3,
    }  # fmt: skip
    for wrong in (0, 11, "x"):
        assert client.post("/en/desk/profile/", {**form, "requests_at_once": wrong}).status_code == 400
    assert client.post("/en/desk/profile/", form).status_code == 302
    member.refresh_from_db()
    assert (member.takes_requests, member.requests_at_once) == (True, 3)
