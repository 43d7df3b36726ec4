"""Coming into the network: who may invite whom, what a link is good for, what is told to whom."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from clavet.accounts.models import User
from clavet.accounts.roles import COORDINATOR, has_role
from clavet.mail.models import Email
from clavet.publishing.errors import NotAllowed, WrongState
from network import joining
from network.joining import HasAccount, Unusable
from network.models import Application, Authority, Invitation, JoiningLog, Membership
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "right-horse-battery"


def token_of(name: str, address: str) -> str:
    """The token in the last e-mail of a kind to an address."""
    text = Email.objects.filter(name=name, address=address).latest("pk").text
    found = re.search(r"/(?:invitation|confirm)/([\w-]+)/", text)
    assert found, text
    return found[1]


def invited(address: str = "new@example.org", **fields: Any) -> tuple[Invitation, str]:
    """An invitation by a coordinator to an authority, and its token."""
    fields = {"authority": None, "language": "en", **fields}
    if fields["authority"] is None and not fields.get("roles"):
        fields["authority"] = factories.authority()
    invitation = joining.invite(actor=fields.pop("actor", None) or factories.coordinator(), address=address, **fields)
    return invitation, token_of("network.invitation", address)


def applied(**fields: Any) -> Application:
    """An application whose address is confirmed."""
    fields = {
        "name": "Ada", "address": "ada@example.org", "authority": None, "authority_name": "Općina Proba",
        "country": "HR", "language": "hr", "why": "To learn.", **fields,
    }  # fmt: skip
    joining.apply(**fields)
    return joining.confirm_application(token_of("network.confirmation", fields["address"]))


# ---------------------------------------------------------------- who may invite


def test_an_author_invites_to_her_own_authority_and_to_no_other() -> None:
    own, other = factories.authority(), factories.authority("Dimos Allou")
    author = factories.author_of(own)
    joining.invite(actor=author, address="a@example.org", authority=own, language="it")
    with pytest.raises(NotAllowed):
        joining.invite(actor=author, address="a@example.org", authority=other, language="it")
    with pytest.raises(NotAllowed):
        joining.invite(actor=author, address="a@example.org", authority=None, language="it")


def test_an_author_gives_no_roles_beyond_the_authority() -> None:
    own = factories.authority()
    with pytest.raises(NotAllowed):
        joining.invite(
            actor=factories.author_of(own), address="a@example.org", authority=own, roles=["reviewer"], language="it"
        )


def test_a_member_a_stranger_and_a_superuser_invite_nobody() -> None:
    own = factories.authority()
    for somebody in (factories.member_of(own), factories.person(), factories.superuser()):
        with pytest.raises(NotAllowed):
            joining.invite(actor=somebody, address="a@example.org", authority=own, language="it")
    assert not Email.objects.exists()


def test_nobody_becomes_staff_by_an_invitation() -> None:
    with pytest.raises(NotAllowed):
        invited(roles=[COORDINATOR])


def test_an_author_of_a_suspended_authority_invites_no_more() -> None:
    own = factories.authority()
    author = factories.author_of(own)
    joining.suspend(own, actor=factories.coordinator(), reason="unpaid")
    with pytest.raises(NotAllowed):
        joining.invite(actor=User.objects.get(pk=author.pk), address="a@example.org", authority=own, language="it")


# ---------------------------------------------------------------- what a link is good for


def test_who_accepts_has_an_account_a_confirmed_address_and_the_place() -> None:
    invitation, token = invited(authority=factories.authority(), role="author", roles=["reviewer"])
    account = joining.accept_invitation(token, name="New Person", password=PASSWORD)
    assert EmailAddress.objects.get(user=account).verified
    assert Membership.objects.current().get(member__account=account).role == "author"
    assert has_role(account, "reviewer")
    assert not account.is_staff
    assert account.check_password(PASSWORD)
    assert list(JoiningLog.objects.order_by("id").values_list("action", flat=True)) == ["invited", "accepted"]
    assert Email.objects.filter(name="network.accepted", user=invitation.invited_by).count() == 1


def test_a_link_works_once() -> None:
    _invitation, token = invited()
    joining.accept_invitation(token, name="New", password=PASSWORD)
    with pytest.raises(Unusable):
        joining.accept_invitation(token, name="Again", password=PASSWORD)
    assert User.objects.filter(email="new@example.org").count() == 1


def test_a_link_that_is_old_withdrawn_or_replaced_does_not_work() -> None:
    invitation, token = invited()
    renewed = joining.renew(invitation, actor=invitation.invited_by)
    newer = token_of("network.invitation", invitation.address)
    assert newer != token
    with pytest.raises(Unusable):
        joining.invitation_for(token)
    Invitation.objects.filter(pk=renewed.pk).update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    with pytest.raises(Unusable):
        joining.invitation_for(newer)
    joining.renew(renewed, actor=invitation.invited_by)
    newest = token_of("network.invitation", invitation.address)
    joining.withdraw_invitation(renewed, actor=invitation.invited_by)
    with pytest.raises(Unusable):
        joining.invitation_for(newest)
    with pytest.raises(WrongState):
        joining.renew(renewed, actor=invitation.invited_by)


def test_a_second_invitation_to_the_same_place_takes_the_first_ones_place() -> None:
    place = factories.authority()
    _first, old = invited(authority=place)
    _second, new = invited(authority=place)
    with pytest.raises(Unusable):
        joining.invitation_for(old)
    assert joining.invitation_for(new)


def test_the_token_is_nowhere_in_the_database_but_in_the_mail() -> None:
    invitation, token = invited()
    assert token not in str(Invitation.objects.values().get(pk=invitation.pk))
    assert token not in str(list(JoiningLog.objects.values()))
    assert len(token) >= 40


def test_an_invitation_is_only_for_the_address_that_it_was_sent_to() -> None:
    _invitation, token = invited()
    with pytest.raises(NotAllowed):
        joining.accept_invitation(token, account=factories.person())


def test_somebody_with_an_account_gets_the_place_only_when_logged_in() -> None:
    place = factories.authority()
    somebody = factories.person()
    _invitation, token = invited(somebody.email, authority=place)
    with pytest.raises(HasAccount):
        joining.accept_invitation(token, name="Thief", password="another-horse-battery")
    joining.accept_invitation(token, account=somebody)
    assert Membership.objects.current().filter(member__account=somebody, authority=place).exists()


def test_an_authority_that_was_only_listed_is_a_member_by_its_first_member() -> None:
    place = factories.authority(status=Authority.Status.LISTED)
    _invitation, token = invited(authority=place)
    joining.accept_invitation(token, name="First", password=PASSWORD)
    place.refresh_from_db()
    assert place.status == Authority.Status.MEMBER


# ---------------------------------------------------------------- the pages


def test_the_page_of_an_invitation_makes_the_account_and_lets_in(client: Client) -> None:
    _invitation, token = invited()
    address = f"/accounts/invitation/{token}/"
    assert "new@example.org" in client.get(address).content.decode()
    answer = client.post(address, {"name": "New Person", "password": "short"})
    assert answer.status_code == 400
    answer = client.post(address, {"name": "New Person", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/en/desk/")
    assert "New Person" in client.get("/en/desk/").content.decode()
    assert Client().get(address).status_code == 410


def test_a_link_that_does_not_work_says_how_to_get_another_and_not_why(client: Client) -> None:
    invitation, token = invited()
    joining.withdraw_invitation(invitation, actor=invitation.invited_by)
    withdrawn, unknown = client.get(f"/accounts/invitation/{token}/"), client.get("/accounts/invitation/nothing/")
    assert withdrawn.status_code == unknown.status_code == 410
    assert "send the invitation again" in unknown.content.decode()
    assert withdrawn.content == unknown.content.replace(b"nothing", token.encode())


def test_with_somebody_elses_session_the_page_gives_nothing_away(client: Client) -> None:
    _invitation, token = invited()
    client.force_login(factories.person())
    address = f"/accounts/invitation/{token}/"
    assert client.get(address).status_code == 403
    assert client.post(address, {"name": "x", "password": PASSWORD}).status_code == 403
    assert not User.objects.filter(email="new@example.org").exists()


def test_invitations_are_listed_for_authors_of_that_authority_only(client: Client) -> None:
    place = factories.authority()
    invitation, _token = invited("somebody.new@example.org", authority=place)
    client.force_login(factories.author_of(place))
    assert "somebody.new@example.org" in client.get("/en/desk/invitations/").content.decode()
    for other in (factories.author_of(factories.authority("Other")), factories.member_of(place)):
        client.force_login(other)
        assert "somebody.new@example.org" not in client.get("/en/desk/invitations/").content.decode()
        assert client.post(f"/en/desk/invitations/{invitation.pk}/withdraw/").status_code in (403, 404)
    invitation.refresh_from_db()
    assert invitation.is_open()


def test_an_author_cannot_put_more_into_the_form_than_it_offers(client: Client) -> None:
    own, other = factories.authority(), factories.authority("Other")
    client.force_login(factories.author_of(own))
    data = {"address": "x@example.org", "role": "author", "language": "en"}
    assert client.post("/en/desk/invitations/", {**data, "authority": other.pk}).status_code == 400
    assert client.post("/en/desk/invitations/", {**data, "authority": own.pk, "roles": ["reviewer"]}).status_code == 302
    assert Invitation.objects.get().roles == []


# ---------------------------------------------------------------- asking to join


def form_of(**fields: str) -> dict[str, str]:
    """A complete form."""
    return {
        "name": "Ada", "address": "ada@example.org", "authority_name": "Općina Proba", "country": "HR",
        "why": "To learn.", **fields,
    }  # fmt: skip


def test_asking_to_join_answers_the_same_for_known_and_unknown_addresses(client: Client) -> None:
    known = factories.person()
    answers = []
    for address in (known.email, "nobody@example.org"):
        answer = client.post("/en/join/", form_of(address=address))
        answers.append((answer.status_code, answer["Location"], client.get(answer["Location"]).content))
    assert answers[0] == answers[1]
    assert Email.objects.filter(name="network.confirmation").count() == 2


def test_nobody_reads_an_application_before_its_address_is_confirmed(client: Client) -> None:
    reader = factories.coordinator()
    client.post("/en/join/", form_of())
    token = token_of("network.confirmation", "ada@example.org")
    assert not Email.objects.filter(name="network.application").exists()
    assert client.get(f"/en/join/confirm/{token}/").status_code == 200
    assert Application.objects.get().state == "unconfirmed"
    client.post(f"/en/join/confirm/{token}/")
    assert Application.objects.get().state == "received"
    assert Email.objects.filter(name="network.application", user=reader).count() == 1
    assert client.post(f"/en/join/confirm/{token}/").status_code == 410


def test_a_program_that_fills_in_everything_gets_the_same_answer_and_no_mail(client: Client) -> None:
    assert client.post("/en/join/", form_of(website="https://spam.example")).status_code == 302
    assert not Application.objects.exists()


def test_one_address_is_not_pestered_and_one_sender_is_stopped(client: Client) -> None:
    for _index in range(10):
        assert client.post("/en/join/", form_of()).status_code == 302
    assert Email.objects.filter(name="network.confirmation").count() == 3
    assert client.post("/en/join/", form_of()).status_code == 429


def test_an_approved_application_is_an_invitation_to_a_new_authority() -> None:
    application = applied()
    invitation = joining.approve(application, actor=factories.coordinator())
    assert (invitation.address, invitation.role, invitation.language) == ("ada@example.org", "author", "hr")
    assert invitation.authority.own_name == "Općina Proba"
    assert invitation.authority.status == Authority.Status.APPLIED
    with pytest.raises(WrongState):
        joining.approve(application, actor=factories.coordinator())


def test_only_coordinators_decide_and_a_decline_has_a_reason() -> None:
    application = applied()
    for somebody in (factories.person(), factories.administrator(), factories.author_of(factories.authority())):
        with pytest.raises(NotAllowed):
            joining.approve(application, actor=somebody)
        with pytest.raises(NotAllowed):
            joining.decline(application, actor=somebody, reason="no")
    with pytest.raises(WrongState):
        joining.decline(application, actor=factories.coordinator(), reason=" ")
    joining.decline(application, actor=factories.coordinator(), reason="You are not a local authority.")
    assert "not a local authority" in Email.objects.get(name="network.declined").text


def test_a_coordinator_decides_in_the_admin_with_what_is_known_beside_it(client: Client) -> None:
    factories.person(name="Somebody of the same domain")
    application = applied()
    client.force_login(factories.coordinator())
    address = f"/admin/network/application/{application.pk}/change/"
    assert "Somebody of the same domain" in client.get(address).content.decode()
    assert client.post(address, {"decision": "decline", "why_so": ""}).status_code == 200
    former = factories.authority("Former", status=Authority.Status.FORMER)
    for code in ("AU-9999", former.code_id, "x"):
        refused = client.post(address, {"decision": "approve", "why_so": "", "place": code})
        assert f"There is no record {code}." in refused.content.decode()
    place = factories.authority("The right one")
    assert client.post(address, {"decision": "approve", "why_so": "", "place": place.code_id}).status_code == 302
    assert Application.objects.get().state == "approved"
    assert Invitation.objects.get().authority == place


# ---------------------------------------------------------------- places, log


def test_roles_in_an_authority_are_changed_by_its_authors_and_coordinators() -> None:
    place = factories.authority()
    member = factories.member_of(place)
    membership = Membership.objects.get(member__account=member)
    for somebody in (member, factories.author_of(factories.authority("Other"))):
        with pytest.raises(NotAllowed):
            joining.change_role(membership, "author", actor=somebody)
    joining.change_role(membership, "author", actor=factories.author_of(place))
    membership.refresh_from_db()
    assert membership.role == "author"


def test_who_leaves_has_no_place_any_more_and_the_row_stays(client: Client) -> None:
    place = factories.authority()
    author = factories.author_of(place)
    membership = Membership.objects.get(member__account=author)
    for stranger in (factories.member_of(place), factories.author_of(factories.authority("Other"))):
        with pytest.raises(NotAllowed):
            joining.leave(membership, actor=stranger)
    factories.author_of(place)
    client.force_login(author)
    client.post(f"/en/desk/places/{membership.pk}/end/", {"sure": "1"})
    membership.refresh_from_db()
    assert membership.left_on == timezone.localdate()
    assert client.get("/en/desk/invitations/").status_code == 403
    with pytest.raises(WrongState):
        joining.leave(membership, actor=author)


def test_the_log_is_neither_edited_nor_shortened() -> None:
    invited()
    entry = JoiningLog.objects.latest("id")
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
