"""What people get is theirs to say: on their page, by one click from an e-mail, and back again."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clavet.contact import receiving
from clavet.languages import CODES
from clavet.mail import addresses, digests, preferences, registry
from clavet.mail.models import Choice, Email, Preference, State, key_of
from clavet.mail.queueing import queue
from clavet.mail.registry import DIGEST
from clavet.mail.sending import drain
from tests import factories
from tests.fiches.pages import text_of, tree
from tests.mail.conftest import CONTEXT

pytestmark = pytest.mark.django_db
# Eight in the morning in Brussels.
MORNING = datetime.datetime(2026, 5, 4, 6, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def few_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the rooms send: here there are the trial messages, the digest and what readers write."""
    for name in list(registry.MESSAGES):
        if not name.startswith(("trial.", "mail.", "contact.")):
            monkeypatch.delitem(registry.MESSAGES, name)


def path_of(recipient: Any, name: str = "trial.news", language: str = "en") -> str:
    return addresses.stop_url(key_of(recipient), name, language).removeprefix("http://testserver")


def news(to: Any, **fields: Any) -> Email | None:
    return queue("trial.news", to=to, context=CONTEXT, **fields)


# ---------------------------------------------------------------- one click


def test_a_mail_program_stops_a_message_by_one_request_without_session_or_token_of_a_form() -> None:
    person = factories.person()
    address = news(person).stop_url.removeprefix("http://testserver")
    response = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not response.cookies
    assert news(person) is None
    assert queue("trial.key", to=person, context=CONTEXT), "what is essential comes all the same"


def test_looking_at_the_page_changes_nothing(client: Client) -> None:
    person = factories.person()
    for _turn in range(3):
        response = client.get(path_of(person))
        assert response.status_code == 200
    assert client.head(path_of(person)).status_code == 200
    assert not Preference.objects.exists()
    assert "no-store" in response["Cache-Control"]
    assert news(person)


@pytest.mark.parametrize("language", CODES)
def test_the_page_is_in_the_recipients_language_and_can_be_undone(language: str, client: Client) -> None:
    person = factories.person(language=language)
    preferences.choose(key_of(person), "trial.news", Choice.DAILY)
    address = news(person).stop_url.removeprefix("http://testserver")
    page = tree(client.get(address))
    assert page.get("lang") == language
    assert page.find(".//main//form").get("method") == "post"
    stopped = tree(client.post(address))
    assert text_of(stopped.find(".//h1")) != text_of(page.find(".//h1"))
    assert stopped.find(".//main//button").get("name") == "undo"
    client.post(address)
    assert news(person) is None
    client.post(address, {"undo": "1"})
    assert preferences.choice_of(key_of(person), "trial.news") == Choice.DAILY, "as it was before"


def test_an_address_without_account_is_stopped_too_and_is_not_kept_in_the_clear(client: Client) -> None:
    client.post(path_of("reader@example.org"))
    assert news("Reader@Example.org ") is None
    assert news("other@example.org")
    assert "reader" not in str(Preference.objects.values().get())


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: t.split(":")[0], lambda t: "a:b"])
def test_a_token_that_we_did_not_sign_opens_nothing(change: Any, client: Client) -> None:
    token = path_of(factories.person()).split("/")[-2]
    response = client.post(f"/en/mail/stop/{change(token)}/")
    assert response.status_code == 404
    assert not Preference.objects.exists()


def test_what_is_essential_or_of_nobody_cannot_be_stopped(client: Client) -> None:
    person = factories.person()
    assert client.post(path_of(person, "trial.key")).status_code == 404
    assert client.post(path_of(person, "nothing.such")).status_code == 404
    address = path_of(person)
    person.delete()
    assert client.post(address).status_code == 404


# ---------------------------------------------------------------- the page


def test_the_short_address_leads_to_the_page_in_ones_language(client: Client) -> None:
    assert client.get("/accounts/mail/")["Location"].startswith("/accounts/login/")
    client.force_login(factories.person(language="hr"))
    assert client.get("/accounts/mail/")["Location"] == "/hr/mail/"


def test_the_page_is_for_people_with_an_account(client: Client) -> None:
    assert client.get("/en/mail/").status_code == 302


@pytest.mark.parametrize("language", CODES)
def test_one_chooses_for_each_message_and_finds_the_choice_again(language: str, client: Client) -> None:
    person = factories.person(language=language)
    client.force_login(person)
    response = client.post(f"/{language}/mail/", {"trial.news": "daily"})
    assert tree(response).find(".//main//*[@role='status']") is not None
    checked = tree(client.get(f"/{language}/mail/")).findall(".//main//input[@checked]")
    assert [(field.get("name"), field.get("value")) for field in checked] == [("trial.news", "daily")]
    assert news(person).state == State.COLLECTED


def test_only_what_one_can_get_is_offered_and_nothing_essential(client: Client) -> None:
    for person, offered in (
        (factories.person(), {"trial.news"}),
        (factories.coordinator(), {"trial.news", "contact.arrived"}),
    ):
        client.force_login(person)
        fields = tree(client.get("/en/mail/")).findall(".//main//input[@type='radio']")
        assert {field.get("name") for field in fields} == offered


def test_a_choice_that_there_is_not_is_refused(client: Client) -> None:
    client.force_login(factories.person())
    assert client.post("/en/mail/", {"trial.news": "hourly"}).status_code == 400
    assert client.post("/en/mail/", {}).status_code == 400
    assert not Preference.objects.exists()


def test_each_group_of_choices_has_its_name_and_each_choice_its_label(client: Client) -> None:
    client.force_login(factories.coordinator())
    page = tree(client.get("/en/mail/"))
    for group in page.findall(".//main//fieldset"):
        assert text_of(group.find("legend"))
        for label in group.findall("label"):
            assert label.find("input").get("id") == label.get("for")
            assert text_of(label)


def test_an_account_that_is_closed_gets_only_what_is_essential() -> None:
    person = factories.person(is_active=False)
    assert news(person) is None
    assert queue("trial.key", to=person, context=CONTEXT)


# ---------------------------------------------------------------- the digest


def daily(**fields: Any) -> Any:
    person = factories.person(**fields)
    preferences.choose(key_of(person), "trial.news", Choice.DAILY)
    return person


def test_a_digest_holds_a_days_news_with_their_addresses_and_comes_once(mailoutbox: list[Any]) -> None:
    person = daily()
    first, second = news(person), news(person)
    assert digests.make_due(MORNING - 2 * datetime.timedelta(hours=1)) == 0, "six in the morning is too early"
    assert digests.make_due(MORNING) == 1
    assert digests.make_due(MORNING) == 0
    drain()
    [sent] = mailoutbox
    assert sent.body.count(first.subject) == 2
    assert sent.body.count(CONTEXT["url"]) == 2
    digest = Email.objects.get(name=DIGEST)
    assert set(digest.items.all()) == {first, second}
    assert set(digest.items.values_list("state", flat=True)) == {State.DIGESTED}


def test_what_comes_after_todays_digest_is_in_tomorrows() -> None:
    person = daily()
    news(person)
    digests.make_due(MORNING)
    late = news(person)
    assert digests.make_due(MORNING + datetime.timedelta(hours=9)) == 0
    assert digests.make_due(MORNING + DAY) == 1
    late.refresh_from_db()
    assert late.digest.cause == "2026-05-05"


def test_a_morning_on_which_nothing_ran_loses_nothing() -> None:
    news(daily())
    assert digests.make_due(MORNING + 5 * DAY) == 1


def test_nobody_gets_an_empty_digest() -> None:
    daily()
    assert digests.make_due(MORNING) == 0


def test_what_cannot_wait_does_not() -> None:
    person = daily()
    assert queue("trial.key", to=person, context=CONTEXT).state == State.QUEUED
    assert news(factories.person()).state == State.QUEUED


def test_a_digest_is_stopped_and_taken_up_again_by_its_own_address(client: Client) -> None:
    person = daily()
    news(person)
    digests.make_due(MORNING)
    digest = Email.objects.get(name=DIGEST)
    address = digest.stop_url.removeprefix("http://testserver")
    news(person)
    client.post(address)
    assert news(person) is None
    assert digests.make_due(MORNING + DAY) == 0, "what waited is no longer wanted"
    client.post(address, {"undo": "1"})
    assert news(person).state == State.COLLECTED


# ---------------------------------------------------------------- the first message


def test_every_coordinator_is_told_once_and_in_her_language_that_a_reader_wrote() -> None:
    greek, dutch = factories.coordinator(language="el"), factories.coordinator(language="nl")
    factories.administrator()
    factories.coordinator(is_active=False)
    receiving.receive(address="192.0.2.1", text="Confidential", language="en", name="A. Reader", email="r@example.org")
    told = Email.objects.filter(name="contact.arrived")
    assert sorted(told.values_list("user_id", "language")) == sorted([(greek.pk, "el"), (dutch.pk, "nl")])
    for email in told:
        assert "/admin/contact/message/" in email.text
        assert not {"Confidential", "A. Reader", "r@example.org"} & set(email.text.split())
    assert timezone.now() >= told[0].due_at
