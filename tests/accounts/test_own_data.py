"""One's own data: what is handed out and to whom, what erasing leaves."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from clavet.accounts import own_data
from clavet.accounts.models import User
from clavet.mail.models import Email
from clavet.publishing.models import LogEntry, Revision, Translation
from network import contacting, joining
from network.models import Conversation, JoiningLog, Member, Membership
from practices.models import Practice
from tests import factories
from tests.practices import cases

pytestmark = pytest.mark.django_db
PASSWORD = "right-horse-battery"


def somebody() -> User:
    """An author with a past: a published practice, a translation, a message, an invitation."""
    place = factories.authority("Comune di Prova")
    user = factories.author_of(place, name="Zita Erasme")
    user.set_password(PASSWORD)
    user.save()
    other = factories.author_of(place)
    cases.accepted(place, user, factories.coordinator(), contact=user.member.pk)
    fiche = factories.fiche()
    factories.translate(fiche, "el")
    Revision.objects.filter(language="el").update(author=user, translator_name=user.name)
    Translation.objects.update(translator_name=user.name)
    joining.invite(actor=user, address="x@example.org", authority=place, language="it")
    contacting.write(other.member, writer=user, text="How are you?", language="en")
    return user


def logged_in(client: Client, user: User, *, just_now: bool) -> Client:
    """A session of somebody, who has or has not given her password once more a moment ago."""
    client.force_login(user)
    if just_now:
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_the_export_holds_what_is_known_of_oneself_and_nobody_elses() -> None:
    user = somebody()
    found = json.loads(json.dumps(own_data.export(user), default=str))
    assert found["account"]["email"] == user.email
    assert found["network"]["places"][0]["role"] == "author"
    assert found["network"]["messages"][0]["text"] == "How are you?"
    assert {entry["action"] for entry in found["network"]["log"]} >= {"invited"}
    assert found["texts"]["written"]
    assert found["texts"]["log"]
    other = json.dumps(own_data.export(factories.person()), default=str)
    assert user.email not in other
    assert "How are you?" not in other


@pytest.mark.parametrize("path", ["/en/desk/data/export/", "/en/desk/data/erase/"])
def test_nobody_gets_at_data_without_saying_again_who_she_is(client: Client, path: str) -> None:
    user = somebody()
    assert client.get(path)["Location"].startswith("/accounts/login/")
    logged_in(client, user, just_now=False)
    for answer in (client.get(path), client.post(path, {"address": user.email})):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert User.objects.filter(pk=user.pk).exists()


def test_erasing_leaves_what_is_published_without_the_name(client: Client) -> None:
    user = somebody()
    practice = Practice.objects.get()
    logged_in(client, user, just_now=True)
    assert json.loads(client.get("/en/desk/data/export/").content)["account"]["name"] == "Zita Erasme"
    assert client.post("/en/desk/data/erase/", {"address": "another@example.org"}).status_code == 400
    entries = LogEntry.objects.count()
    assert client.post("/en/desk/data/erase/", {"address": user.email})["Location"] == "/en/desk/data/erased/"
    assert client.get("/en/desk/data/erased/").status_code == 200
    assert client.get("/en/desk/")["Location"].startswith("/accounts/login/")
    for model in (User, Member, Membership):
        assert not model.objects.filter(**{
            {User: "pk", Member: "account_id", Membership: "member__account_id"}[model]: user.pk
        }).exists()  # fmt: skip
    assert not Conversation.objects.exists()
    assert LogEntry.objects.count() == entries
    assert JoiningLog.objects.filter(action="left", address="").exists()
    assert not JoiningLog.objects.filter(address=user.email).exists()
    page = client.get(practice.url_in("en"))
    assert page.status_code == 200
    assert not Translation.objects.filter(translator_name="Zita Erasme").exists()
    assert not Revision.objects.filter(translator_name="Zita Erasme").exists()
    assert Email.objects.filter(address=user.email).values_list("name", flat=True).get() == "accounts.erased"


def test_an_administrator_does_the_same_by_a_command() -> None:
    user = somebody()
    out = StringIO()
    call_command("export_account", user.email, stdout=out)
    assert json.loads(out.getvalue())["account"]["email"] == user.email
    for wrong in ([user.email], ["nobody@example.org", "--yes"]):
        with pytest.raises(CommandError):
            call_command("erase_account", *wrong)
    call_command("erase_account", user.email, "--yes", stdout=out)
    assert not User.objects.filter(pk=user.pk).exists()
