"""Places in an authority: who changes and ends them, and what is left behind."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from clavet.accounts.models import User
from clavet.mail.models import Email
from clavet.publishing.errors import NotAllowed, WrongState
from network import joining
from network.joining import LastAuthor
from network.models import Authority, JoiningLog, Membership
from practices import cases
from tests import factories
from tests.practices.cases import draft

pytestmark = pytest.mark.django_db


def place_of(user: User) -> Membership:
    """The place of somebody who has one."""
    return Membership.objects.get(member__account=user)


# ---------------------------------------------------------------- who must not


def test_only_authors_and_coordinators_see_who_works_for_an_authority(client: Client) -> None:
    place = factories.authority()
    author = factories.author_of(place, name="Grace Colleague")
    address = f"/en/desk/authorities/{place.code_id}/"
    others = (
        factories.member_of(place), factories.author_of(factories.authority("Other")), factories.person(),
        factories.superuser(),
    )  # fmt: skip
    assert client.get(address).status_code == 302
    for stranger in others:
        client.force_login(stranger)
        assert client.get(address).status_code == 403
        data = {"address": "x@example.org", "role": "author", "language": "en"}
        assert client.post(address, data).status_code == 403
    for keeper in (author, factories.coordinator()):
        client.force_login(keeper)
        assert "Grace Colleague" in client.get(address).content.decode()


def test_strangers_change_and_end_no_place(client: Client) -> None:
    place = factories.authority()
    factories.author_of(place)
    target = place_of(factories.member_of(place))
    for stranger in (factories.member_of(place), factories.author_of(factories.authority("Other"))):
        client.force_login(stranger)
        assert client.post(f"/en/desk/places/{target.pk}/role/", {"role": "author"}).status_code == 403
        for answer in (client.get, client.post):
            assert answer(f"/en/desk/places/{target.pk}/end/", {"sure": "1"}).status_code == 403
    target.refresh_from_db()
    assert (target.role, target.left_on) == ("member", None)


def test_only_coordinators_suspend_and_they_say_why(client: Client) -> None:
    place = factories.authority()
    author = factories.author_of(place)
    for stranger in (author, factories.administrator(), factories.superuser()):
        with pytest.raises(NotAllowed):
            joining.suspend(place, actor=stranger, reason="x")
    with pytest.raises(WrongState):
        joining.suspend(place, actor=factories.coordinator(), reason=" ")
    client.force_login(factories.administrator())
    assert client.get(f"/admin/network/authority/{place.pk}/standing/").status_code == 403


# ---------------------------------------------------------------- what is done


def test_a_changed_role_is_told_to_whoever_has_it(client: Client) -> None:
    place = factories.authority()
    author, member = factories.author_of(place), factories.member_of(place)
    client.force_login(author)
    client.post(f"/en/desk/places/{place_of(member).pk}/role/", {"role": "author"})
    assert place_of(member).role == "author"
    assert "author of this authority now" in Email.objects.get(name="network.place", user=member).text
    assert not Email.objects.filter(name="network.place", user=author).exists()
    client.post(f"/en/desk/places/{place_of(member).pk}/role/", {"role": "emperor"})
    assert place_of(member).role == "author"


def test_the_last_author_hands_over_or_says_that_nobody_follows(client: Client) -> None:
    place = factories.authority()
    author, member = factories.author_of(place), factories.member_of(place)
    coordinator = factories.coordinator()
    own = place_of(author)
    with pytest.raises(LastAuthor):
        joining.leave(own, actor=author)
    with pytest.raises(LastAuthor):
        joining.change_role(own, "member", actor=author)
    client.force_login(author)
    address = f"/en/desk/places/{own.pk}/end/"
    assert "last author" in client.get(address).content.decode()
    assert client.post(address, {"sure": "1"}).status_code == 400
    assert client.post(address, {"successor": place_of(member).pk}).status_code == 302
    assert place_of(member).role == "author"
    assert place_of(author).left_on is not None
    assert not Email.objects.filter(name="network.without_author").exists()
    client.force_login(member)
    assert client.post(f"/en/desk/places/{place_of(member).pk}/end/", {"without_author": "on"}).status_code == 302
    assert Email.objects.filter(name="network.without_author", user=coordinator).count() == 1


def test_nobody_of_another_authority_becomes_the_successor() -> None:
    place = factories.authority()
    own = place_of(factories.author_of(place))
    other = place_of(factories.member_of(factories.authority("Other")))
    with pytest.raises(WrongState):
        joining.leave(own, actor=own.member.account, successor=other)
    assert place_of(other.member.account).role == "member"


def test_drafts_of_who_leaves_are_gone_on_with_by_those_who_stay() -> None:
    place = factories.authority(own_language="en")
    leaver, stays = factories.author_of(place), factories.author_of(place)
    case = draft(place, leaver)
    joining.leave(place_of(leaver), actor=leaver)
    leaver, body = User.objects.get(pk=leaver.pk), case.revision.document
    with pytest.raises(NotAllowed):
        cases.save(case, body, actor=leaver, seen=case.revision.saved)
    cases.save(case, body, actor=stays, seen=case.revision.saved)


def test_a_coordinator_suspends_resumes_and_ends_places_in_the_admin(client: Client) -> None:
    place = factories.authority()
    author = factories.author_of(place)
    client.force_login(factories.coordinator())
    address = f"/admin/network/authority/{place.pk}/standing/"
    assert address in client.get(f"/admin/network/authority/{place.pk}/change/").content.decode()
    assert client.post(address, {"step": "suspend", "reason": ""}).status_code == 400
    assert client.post(address, {"step": "suspend", "reason": "Nobody answers."}).status_code == 302
    place.refresh_from_db()
    assert place.status == Authority.Status.SUSPENDED
    assert "Nobody answers." in Email.objects.get(name="network.standing", user=author).text
    assert client.post(address, {"step": "resume", "reason": "They do."}).status_code == 302
    end = {"step": f"end-{place_of(author).pk}", "reason": "Retired."}
    assert client.post(address, end).status_code == 400
    assert client.post(address, {**end, "without_author": "on"}).status_code == 302
    assert place_of(author).left_on is not None
    assert set(JoiningLog.objects.values_list("action", "reason")) == {
        ("suspended", "Nobody answers."), ("resumed", "They do."), ("left", "Retired."),
    }  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_an_authority_asks_as_often_for_one_as_for_three(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    place = factories.authority()
    author = factories.author_of(place)
    for number in range(rows):
        factories.member_of(place)
        joining.invite(actor=author, address=f"i{number}@example.org", authority=place, language="en")
    client.force_login(author)
    with django_assert_num_queries(8):
        client.get(f"/en/desk/authorities/{place.code_id}/")
