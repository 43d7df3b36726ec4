"""My desk: who sees what on it, and what it costs."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from clavet.languages import CODES
from network import joining
from network.models import Consent, Member
from tests import factories
from tests.network.test_joining import applied

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/en/desk/", "/en/desk/profile/", "/en/desk/invitations/"])
def test_visitors_are_asked_to_log_in(client: Client, address: str) -> None:
    assert client.get(address)["Location"].startswith("/accounts/login/?language=en&next=")
    assert client.post(address, {"name": "x"}).status_code == 302


def test_an_empty_desk_says_what_one_can_do(client: Client) -> None:
    client.force_login(factories.person())
    page = client.get("/en/desk/").content.decode()
    assert "Nothing waits for you" in page
    assert "/en/fiches/" in page


def test_colleagues_are_seen_by_colleagues_only(client: Client) -> None:
    place = factories.authority()
    factories.member_of(place, name="Grace Colleague")
    client.force_login(factories.author_of(place))
    page = client.get("/en/desk/").content.decode()
    assert "Grace Colleague" in page
    assert "Invite a colleague" in page
    client.force_login(factories.author_of(factories.authority("Other")))
    assert "Grace Colleague" not in client.get("/en/desk/").content.decode()


def test_applications_wait_on_the_desks_of_coordinators(client: Client) -> None:
    applied()
    client.force_login(factories.coordinator())
    assert "Općina Proba" in client.get("/en/desk/").content.decode()
    client.force_login(factories.author_of(factories.authority()))
    assert "Općina Proba" not in client.get("/en/desk/").content.decode()


def test_what_one_waits_for_is_there_with_its_day(client: Client) -> None:
    author = factories.author_of(factories.authority())
    joining.invite(
        actor=author, address="late@example.org", authority=author.member.memberships.get().authority, language="it"
    )
    client.force_login(author)
    page = client.get("/en/desk/").content.decode()
    assert "late@example.org" in page
    assert "since" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_asks_the_database_as_often_for_one_as_for_three(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    place = factories.authority()
    coordinator = factories.coordinator()
    for number in range(rows):
        factories.member_of(place)
        applied(address=f"a{number}@example.org")
        joining.invite(actor=coordinator, address=f"i{number}@example.org", authority=place, language="en")
    Member.objects.create(account=coordinator).memberships.create(
        authority=place, role="author", joined_on="2026-01-01"
    )
    client.force_login(coordinator)
    client.get("/en/desk/")
    # One of them asks for adoptions that wait for a coordinator, one for reports that the authority owes.
    with django_assert_num_queries(19):
        client.get("/en/desk/")
    with django_assert_num_queries(8):
        client.get("/en/desk/invitations/")


# ---------------------------------------------------------------- profile


def profile(**fields: Any) -> dict[str, Any]:
    """A complete form."""
    return {
        "name": "Ada New", "language": "en", "languages": ["en", "it"], "topics": ["vet"], "about": "I plan buses.",
        "phone": "", "name_shown": "members", "email_shown": "hidden", "phone_shown": "hidden", **fields,
    }  # fmt: skip


def test_a_profile_hides_address_and_telephone_until_one_says_otherwise(client: Client) -> None:
    factories.vocabulary()
    user = factories.person()
    client.force_login(user)
    assert client.get("/en/desk/profile/").status_code == 200
    assert client.post("/en/desk/profile/", profile()).status_code == 302
    member = Member.objects.get(account=user)
    assert (member.email_shown, member.phone_shown, member.topics) == (Consent.HIDDEN, Consent.HIDDEN, ["vet"])
    user.refresh_from_db()
    assert user.name == "Ada New"


def test_what_is_no_choice_is_refused(client: Client) -> None:
    factories.vocabulary()
    client.force_login(factories.person())
    for wrong in ({"topics": ["nonsense"]}, {"languages": ["xx"]}, {"email_shown": "world"}, {"language": "de"}):
        assert client.post("/en/desk/profile/", profile(**wrong)).status_code == 400
    assert not Member.objects.exists()


def test_choosing_another_language_leads_to_the_profile_in_it(client: Client) -> None:
    factories.vocabulary()
    client.force_login(factories.person())
    assert client.post("/en/desk/profile/", profile(language="el"))["Location"] == "/el/desk/profile/"


@pytest.mark.parametrize("language", CODES)
def test_the_desk_is_there_in_every_language(client: Client, language: str) -> None:
    client.force_login(factories.coordinator())
    page = client.get(f"/{language}/desk/").content.decode()
    assert f'<html lang="{language}"' in page
