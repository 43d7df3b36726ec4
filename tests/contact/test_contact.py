"""Writing to a person: what arrives is kept, what a program sends is not, and nothing that somebody typed is lost."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clavet.contact import receiving
from clavet.contact.models import Message
from clavet.languages import CODES
from clavet.publishing import lifecycle
from clavet.publishing.actors import OPERATOR
from clavet.publishing.errors import NotAllowed
from tests import factories
from tests.fiches.pages import text_of, tree

pytestmark = pytest.mark.django_db
TEXT = "Where do I find the form?"


def write(client: Client, path: str = "/en/contact/", text: str = TEXT, **fields: Any) -> Any:
    headers = fields.pop("headers", None)
    extra = {name: fields.pop(name) for name in list(fields) if name.isupper()}
    return client.post(path, {"text": text, **fields}, headers=headers, **extra)


# ---------------------------------------------------------------- what arrives


@pytest.mark.parametrize("language", CODES)
def test_a_message_is_kept_with_its_language_and_waits_for_a_coordinator(language: str, client: Client) -> None:
    response = write(client, f"/{language}/contact/", name="A. Reader", email="reader@example.org")
    assert (response.status_code, response["Location"]) == (302, f"/{language}/contact/sent/")
    message = Message.objects.waiting().get()
    assert (message.kind, message.language, message.text) == ("question", language, TEXT)
    assert (message.name, message.email, message.code) == ("A. Reader", "reader@example.org", None)
    assert client.get(response["Location"]).status_code == 200


def test_an_error_is_reported_on_its_record(client: Client) -> None:
    record = factories.fiche(translations=("el",))
    path = f"/el/contact/error/{record.code_id}/"
    root = tree(client.get(path))
    assert "A workshop bus [el]" in text_of(root.find(".//main"))
    write(client, path)
    message = Message.objects.get()
    assert (message.kind, message.code_id) == ("error", record.code_id)


def test_an_error_can_be_reported_on_what_is_archived(client: Client) -> None:
    record = factories.fiche()
    lifecycle.archive_record(record, actor=OPERATOR)
    assert write(client, f"/en/contact/error/{record.code_id}/").status_code == 302


def test_an_offer_to_translate_needs_an_address_to_answer_to(client: Client) -> None:
    record = factories.fiche()
    path = f"/tr/contact/translation/{record.code_id}/"
    response = write(client, path)
    assert response.status_code == 400
    assert not Message.objects.exists()
    assert write(client, path, email="translator@example.org").status_code == 302
    assert Message.objects.get().kind == "translation"


@pytest.mark.parametrize("form", ["error", "translation"])
def test_nobody_writes_about_a_record_that_is_not_public(form: str, client: Client) -> None:
    record = factories.unpublished()
    for code in (record.code_id, "CF-9999", "AU-0001", "x"):
        path = f"/en/contact/{form}/{code}/"
        assert client.get(path).status_code == 404
        assert write(client, path, email="a@example.org").status_code == 404
    assert not Message.objects.exists()


def test_a_message_keeps_its_lines_and_loses_control_characters(client: Client) -> None:
    write(client, text="First line\r\nSecond\tline\x07\r\n")
    assert Message.objects.get().text == "First line\nSecond line"


def test_a_message_as_long_as_the_form_allows_is_taken_whatever_its_line_ends(client: Client) -> None:
    # A browser counts a line break once and sends it as two signs.
    text = ("x" * 99 + "\r\n") * 50
    assert len(text.replace("\r\n", "\n")) == 5000
    assert write(client, text=text[:-2] + "x").status_code == 302


# ---------------------------------------------------------------- what is not taken


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"text": ""}, "text"),
        ({"text": "  "}, "text"),
        ({"text": "x"}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"email": "no address"}, "email"),
        ({"email": "a" * 60 + "@" + "b" * 60 + "." + ("c" * 60 + ".") * 3 + "org"}, "email"),
        ({"name": "n" * 151}, "name"),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_is_lost(fields: dict[str, str], at: str, client: Client) -> None:
    sent = {"text": TEXT, "name": "A. Reader", "email": "reader@example.org", **fields}
    response = client.post("/en/contact/", sent)
    assert response.status_code == 400
    assert not Message.objects.exists()
    root = tree(response)
    assert root.find(f".//ul[@id='id_{at}_error']") is not None
    field = root.find(f".//*[@id='id_{at}']")
    assert field.get("aria-invalid") == "true"
    assert f"id_{at}_error" in field.get("aria-describedby")
    assert root.find(".//*[@id='errors']//a").get("href") == f"#id_{at}"
    for name in {"name", "email"} - {at}:
        assert root.find(f".//*[@id='id_{name}']").get("value") == sent[name]
    if at != "text":
        assert TEXT in root.find(".//textarea").text


def test_what_a_program_fills_in_is_thanked_for_and_not_kept(client: Client) -> None:
    response = write(client, website="https://spam.example")
    assert response["Location"] == "/en/contact/sent/"
    assert not Message.objects.exists()


def test_a_form_from_elsewhere_is_refused_and_says_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/en/contact/", {"text": TEXT})
    assert response.status_code == 403
    assert not Message.objects.exists()
    assert tree(response).get("lang") == "en"


# ---------------------------------------------------------------- how often


def test_after_five_messages_within_an_hour_one_has_to_wait_and_loses_nothing(client: Client) -> None:
    for number in range(5):
        assert write(client, text=f"Message {number}").status_code == 302
    response = write(client, text="The sixth one")
    assert response.status_code == 429
    assert "The sixth one" in tree(response).find(".//textarea").text
    assert Message.objects.count() == 5
    assert write(client, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_an_hour_later_one_may_write_again(client: Client) -> None:
    for number in range(5):
        write(client, text=f"Message {number}")
    Message.objects.update(received_at=timezone.now() - datetime.timedelta(minutes=61))
    assert write(client).status_code == 302


def test_the_limit_holds_over_midnight() -> None:
    midnight = datetime.datetime(2026, 5, 3, tzinfo=datetime.UTC)
    before = midnight - datetime.timedelta(minutes=10)
    for _turn in range(5):
        digest = receiving.sender_digest("192.0.2.1", before.date())
        Message.objects.create(text="x", language="en", sender_digest=digest, received_at=before)
    assert receiving.is_over_limit("192.0.2.1", midnight + datetime.timedelta(minutes=10))
    assert not receiving.is_over_limit("192.0.2.1", midnight + datetime.timedelta(minutes=51))


def test_a_made_up_forwarding_header_does_not_help(client: Client) -> None:
    for number in range(5):
        write(client, headers={"x-forwarded-for": f"198.51.100.{number}"})
    assert write(client, headers={"x-forwarded-for": "198.51.100.99"}).status_code == 429


def test_behind_our_proxy_each_reader_counts_alone_and_nobody_gets_round_it(settings: Any) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    client = Client(REMOTE_ADDR="10.0.0.1")
    for number in range(5):
        made_up = f"203.0.113.{number}, 198.51.100.1, 10.0.0.2"
        assert write(client, headers={"x-forwarded-for": made_up}).status_code == 302
    assert write(client, headers={"x-forwarded-for": "8.8.8.8, 198.51.100.1"}).status_code == 429
    assert write(client, headers={"x-forwarded-for": "198.51.100.1"}).status_code == 429
    assert write(client, headers={"x-forwarded-for": "198.51.100.2"}).status_code == 302


def test_no_address_of_a_sender_is_kept(client: Client) -> None:
    write(client, REMOTE_ADDR="192.0.2.77")
    row = Message.objects.values().get()
    assert "192.0.2.77" not in str(row)
    first = receiving.sender_digest("192.0.2.77", datetime.date(2026, 1, 1))
    assert first != receiving.sender_digest("192.0.2.77", datetime.date(2026, 1, 2))


# ---------------------------------------------------------------- what becomes of it


def test_only_a_coordinator_deals_with_messages() -> None:
    message = receiving.receive(address="192.0.2.1", text=TEXT, language="en")
    for user in (factories.person(), factories.superuser(), factories.administrator()):
        for change in (receiving.settle, receiving.reopen):
            with pytest.raises(NotAllowed):
                change(message, actor=user)
    coordinator = factories.coordinator()
    receiving.settle(message, actor=coordinator, note="Answered by telephone")
    assert not Message.objects.waiting().exists()
    assert (message.handled_by, message.note) == (coordinator, "Answered by telephone")
    receiving.reopen(message, actor=coordinator)
    assert Message.objects.waiting().get() == message


def test_a_message_is_erased_a_year_after_it_was_dealt_with_and_not_before() -> None:
    now = timezone.now()
    ages = {"waiting for years": None, "dealt with lately": 364, "dealt with long ago": 366}
    for name, days in ages.items():
        message = receiving.receive(address="192.0.2.1", text=name, language="en")
        handled = now - datetime.timedelta(days=days) if days else None
        Message.objects.filter(pk=message.pk).update(
            received_at=now - datetime.timedelta(days=3000), handled_at=handled
        )
    assert receiving.forget_old(now) == 1
    assert set(Message.objects.values_list("text", flat=True)) == {"waiting for years", "dealt with lately"}


def test_messages_are_read_by_coordinators_alone(client: Client) -> None:
    receiving.receive(address="192.0.2.1", text="Confidential", language="en")
    for user in (factories.superuser(), factories.administrator()):
        client.force_login(user)
        assert client.get("/admin/contact/message/").status_code == 403
    client.force_login(factories.coordinator())
    assert "Confidential" in client.get("/admin/contact/message/").content.decode()


def test_forms_are_never_kept_by_a_cache_and_are_the_only_pages_with_a_cookie(client: Client) -> None:
    record = factories.fiche()
    for path in ("/en/contact/", f"/en/contact/error/{record.code_id}/"):
        response = client.get(path)
        assert "no-store" in response["Cache-Control"]
        assert set(response.cookies) == {"csrftoken"}
    assert not Client().get("/en/contact/sent/").cookies


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_messages_asks_the_database_as_often_for_one_as_for_three(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        record = factories.fiche(f"Number {number}")
        receiving.receive(address="192.0.2.1", text=TEXT, language="en", code_id=record.code_id)
    client.force_login(factories.coordinator())
    client.get("/admin/contact/message/")
    with django_assert_num_queries(8):
        client.get("/admin/contact/message/")
