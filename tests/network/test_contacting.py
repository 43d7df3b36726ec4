"""Writing to each other: who may, what stays hidden, what the other side can do about it."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from clavet.accounts.models import User
from clavet.mail.models import Email
from clavet.publishing.errors import NotAllowed
from network import contacting
from network.contacting import Refused
from network.models import Consent, Conversation, Member
from network.models.contacting import KEPT_FOR
from tests import factories
from tests.practices import cases

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counts_begin_anew() -> None:
    cache.clear()


def member(shown: str = Consent.MEMBERS, **fields: str) -> Member:
    """Somebody with a place, who shows her name to these."""
    user = factories.author_of(factories.authority(), **{"name": "Grace Shown", **fields})
    Member.objects.filter(account=user).update(name_shown=shown)
    return Member.objects.get(account=user)


def begun(to: Member | None = None, by: User | None = None, **fields: object) -> Conversation:
    """A conversation between members."""
    writer = by or factories.member_of(factories.authority("Other"), name="Ada Writer")
    return contacting.write(to or member(), writer=writer, text="How did you do it?", language="en", **fields)


def link_in(name: str, address: str) -> str:
    """The path of the link in the last e-mail of a kind to an address."""
    text = Email.objects.filter(name=name, address=address).latest("pk").text
    found = re.search(r"https?://[^/\s]+(/en/network/people/\S+/)", text)
    assert found, text
    return found[1]


# ---------------------------------------------------------------- who may write


def test_nobody_writes_to_whom_she_may_not_see() -> None:
    hidden, for_members, public = member(Consent.HIDDEN), member(), member(Consent.PUBLIC)
    a_member, an_account = factories.member_of(factories.authority("Other")), factories.person()
    for writer, to in (
        (a_member, hidden), (an_account, for_members), (None, for_members), (None, hidden), (public.account, public),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            contacting.write(to, writer=writer, text="Hello", language="en", name="x", address="x@example.org")
    assert not Conversation.objects.exists()


def test_a_visitor_is_told_the_same_of_somebody_hidden_and_of_nobody(client: Client) -> None:
    pages = []
    for pk in (member().pk, member(Consent.HIDDEN).pk, 999_999):
        answer = client.get(f"/en/network/people/{pk}/write/")
        assert answer.status_code == 403
        pages.append(re.sub(rf"people(/|%2F){pk}\b", "people", answer.content.decode()))
    assert len(set(pages)) == 1
    assert "Grace" not in pages[0]


def test_who_has_left_the_network_is_not_written_to() -> None:
    to = member(Consent.PUBLIC)
    to.memberships.update(left_on=timezone.localdate())
    with pytest.raises(NotAllowed):
        begun(to)


# ---------------------------------------------------------------- what stays hidden


def test_addresses_stay_hidden_until_one_shows_hers(client: Client) -> None:
    conversation = begun()
    to, writer = conversation.member.account, conversation.writer
    mail = Email.objects.get(name="network.message")
    assert (mail.user, writer.email in mail.text, "How did you do it?" in mail.text) == (to, False, True)
    address = f"/en/desk/messages/{conversation.pk}/"
    client.force_login(to)
    assert writer.email not in client.get(address).content.decode()
    assert client.post(address, {"text": "By bus."}).status_code == 302
    client.force_login(writer)
    assert to.email not in client.get(address).content.decode()
    client.force_login(to)
    client.post(address, {"text": "Write to me.", "shows_address": "on"})
    assert to.email in Email.objects.filter(name="network.message", user=writer).latest("pk").text
    client.force_login(writer)
    page = client.get(address).content.decode()
    assert to.email in page


def test_a_conversation_is_seen_by_its_two_sides_only(client: Client) -> None:
    conversation = begun()
    strangers = (factories.coordinator(), factories.superuser(), factories.author_of(factories.authority("Third")))
    for stranger in strangers:
        client.force_login(stranger)
        for answer in (client.get, client.post):
            assert answer(f"/en/desk/messages/{conversation.pk}/", {"text": "I join in"}).status_code == 404
        assert "Ada Writer" not in client.get("/en/desk/messages/").content.decode()
        with pytest.raises(NotAllowed):
            contacting.answer(conversation, actor=stranger, text="I join in")
    with pytest.raises(NotAllowed):
        contacting.answer(conversation, actor=None, text="I join in")
    client.force_login(factories.coordinator())
    assert client.get(f"/admin/network/conversation/{conversation.pk}/change/").status_code == 302
    assert "Ada Writer" not in client.get("/admin/network/conversation/").content.decode()


# ---------------------------------------------------------------- visitors


def test_a_visitor_confirms_her_address_before_anything_is_sent(client: Client) -> None:
    to = member(Consent.PUBLIC)
    form = {"text": "How did you do it?", "name": "Vera", "address": "vera@example.org"}
    assert client.post(f"/en/network/people/{to.pk}/write/", form).status_code == 302
    assert not Email.objects.filter(name="network.message").exists()
    path = link_in("network.message_confirmation", "vera@example.org")
    assert "vera@example.org" in client.get(path).content.decode()
    assert not Email.objects.filter(name="network.message").exists()
    assert client.post(path).status_code == 302
    assert client.post(path).status_code == 410
    first = Email.objects.get(name="network.message", user=to.account)
    assert "vera@example.org" not in first.text
    contacting.answer(Conversation.objects.get(), actor=to.account, text="By bus.")
    link = link_in("network.message", "vera@example.org")
    page = client.get(link).content.decode()
    assert "By bus." in page
    assert to.account.email not in page
    assert client.post(link, {"text": "Thank you"}).status_code == 302
    assert Email.objects.filter(name="network.message", user=to.account).count() == 2
    assert client.get("/en/network/people/conversation/nothing/").status_code == 410


def test_one_sender_is_stopped(client: Client) -> None:
    to = member(Consent.PUBLIC)
    address = f"/en/network/people/{to.pk}/write/"
    for number in range(10):
        form = {"text": "Buy this", "name": "Spam", "address": f"a{number % 2}@example.org"}
        assert client.post(address, form).status_code == 302
    assert Conversation.objects.count() == 6
    assert client.post(address, form).status_code == 429


def test_a_program_that_fills_in_everything_reaches_nobody(client: Client) -> None:
    form = {"text": "Buy", "name": "x", "address": "x@example.org", "website": "https://spam.example"}
    assert client.post(f"/en/network/people/{member(Consent.PUBLIC).pk}/write/", form).status_code == 302
    assert not Conversation.objects.exists()


# ---------------------------------------------------------------- refusing, reporting, erasing


def test_who_wants_no_more_messages_gets_none(client: Client) -> None:
    conversation = begun()
    client.force_login(conversation.writer)
    client.post(f"/en/desk/messages/{conversation.pk}/", {"step": "refuse"})
    client.force_login(conversation.member.account)
    contacting.answer(conversation, actor=conversation.writer, text="Still there?")
    client.post(f"/en/desk/messages/{conversation.pk}/", {"step": "refuse"})
    with pytest.raises(Refused):
        contacting.answer(conversation, actor=conversation.writer, text="And now?")
    with pytest.raises(Refused):
        begun(conversation.member, conversation.writer)
    client.force_login(conversation.writer)
    answer = client.post(f"/en/network/people/{conversation.member.pk}/write/", {"text": "Please"})
    assert answer.status_code == 400
    assert "takes no messages from you" in answer.content.decode()


def test_coordinators_read_what_was_reported_and_nothing_else(client: Client) -> None:
    reported, other = begun(), begun(member(name="Someone Else"))
    coordinator = factories.coordinator()
    client.force_login(reported.member.account)
    data = {"step": "report", "report-reason": "It is rude."}
    assert client.post(f"/en/desk/messages/{reported.pk}/", {"step": "report"}).status_code == 400
    client.post(f"/en/desk/messages/{reported.pk}/", data)
    assert Email.objects.filter(name="network.message_reported", user=coordinator).count() == 1
    with pytest.raises(NotAllowed):
        contacting.settle(reported, actor=reported.member.account)
    client.force_login(coordinator)
    page = client.get(f"/admin/network/conversation/{reported.pk}/change/").content.decode()
    assert "How did you do it?" in page
    assert "Someone Else" not in client.get("/admin/network/conversation/").content.decode()
    chosen = {"action": "settle_chosen", "_selected_action": [reported.pk, other.pk]}
    client.post("/admin/network/conversation/", chosen)
    assert set(Conversation.objects.exclude(handled_at=None)) == {reported}


def test_messages_are_erased_a_year_after_the_last() -> None:
    old, kept, waits = begun(), begun(), begun()
    later = timezone.now() + KEPT_FOR + datetime.timedelta(days=1)
    kept.messages.update(at=later)
    contacting.report(waits, actor=waits.writer, reason="rude")
    contacting.write(
        member(Consent.PUBLIC), writer=None, text="x y z", language="en", name="V", address="v@example.org"
    )
    assert contacting.forget_old(later) == 2
    assert set(Conversation.objects.all()) == {kept, waits}
    assert not Conversation.objects.filter(pk=old.pk).exists()


# ---------------------------------------------------------------- the contact of a practice


def test_everybody_reads_the_contacts_name_by_her_consent_only(client: Client) -> None:
    to = member(Consent.HIDDEN)
    practice = cases.practice(contact=to.pk)
    page = practice.url_in("en")
    assert "Grace" not in client.get(page).content.decode()
    assert "shown to members" in client.get(page).content.decode()
    assert client.get(f"/en/network/people/contact/{practice.code_id}/").status_code == 403
    client.force_login(factories.person())
    assert "Grace" not in client.get(page).content.decode()
    assert client.get(f"/en/network/people/contact/{practice.code_id}/").status_code == 404
    client.force_login(factories.member_of(factories.authority("Other")))
    answer = client.get(page)
    assert "Write to Grace Shown" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    path = f"/en/network/people/contact/{practice.code_id}/"
    assert client.post(path, {"text": "How did you do it?"}).status_code == 302
    assert Conversation.objects.get().about_id == practice.code_id
    to.name_shown = Consent.PUBLIC
    to.save()
    client.logout()
    assert "Write to Grace Shown" in client.get(page).content.decode()
    assert to.account.email not in client.get(page).content.decode()
