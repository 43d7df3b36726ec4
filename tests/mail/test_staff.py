"""What staff see of the mail, and what the preview shows."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from clavet.languages import CODES
from clavet.mail import registry
from clavet.mail.models import Email, State
from clavet.mail.queueing import queue
from tests import factories
from tests.fiches.pages import text_of, tree
from tests.mail.conftest import CONTEXT

pytestmark = pytest.mark.django_db
LIST = "/admin/mail/email/"


def email(name: str = "trial.news", **fields: Any) -> Email:
    row = queue(name, to="person@example.org", context={**CONTEXT, "text": "<b>mine</b>"})
    Email.objects.filter(pk=row.pk).update(**fields)
    return row


def test_coordinators_and_administrators_see_the_mail_and_nobody_else_does(client: Client) -> None:
    row = email()
    for user in (factories.superuser(), factories.person(is_staff=True)):
        client.force_login(user)
        assert client.get(LIST).status_code == 403
        assert client.get(f"{LIST}{row.pk}/change/").status_code == 403
    client.logout()
    assert client.get(LIST).status_code == 302
    for user in (factories.coordinator(), factories.administrator()):
        client.force_login(user)
        page = client.get(LIST).content.decode()
        assert "person@example.org" in page
        assert row.subject in page


def test_text_and_html_are_shown_as_data_and_cannot_be_changed(client: Client) -> None:
    row = email()
    client.force_login(factories.coordinator())
    response = client.get(f"{LIST}{row.pk}/change/")
    page = tree(response)
    assert page.find(".//b") is None
    assert page.find(".//iframe") is None
    assert "<b>mine</b>" in text_of(page)
    assert "<!doctype html>" in text_of(page)
    assert not page.findall(".//*[@id='content']//textarea")
    assert client.post(f"{LIST}{row.pk}/change/", {"subject": "x"}).status_code == 403
    assert client.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403


def test_a_link_that_lets_somebody_in_is_shown_to_nobody(client: Client) -> None:
    row = email("trial.key")
    client.force_login(factories.administrator())
    page = client.get(f"{LIST}{row.pk}/change/").content.decode()
    assert CONTEXT["url"] not in page
    assert row.subject in page


def test_what_failed_is_queued_again_from_the_list(client: Client) -> None:
    failed = email(state=State.FAILED, finished_at=timezone.now())
    sent = email(state=State.SENT, finished_at=timezone.now())
    client.force_login(factories.coordinator())
    client.post(LIST, {"action": "send_chosen_again", "_selected_action": [failed.pk, sent.pk]})
    assert Email.objects.get(pk=failed.pk).state == State.QUEUED
    assert Email.objects.get(pk=sent.pk).state == State.SENT


@pytest.mark.parametrize("query", ["?state=failed", "?message=trial.news", "?state=x", "?message=x", "?q=Piraeus"])
def test_the_list_is_narrowed_by_state_message_and_words(query: str, client: Client) -> None:
    email(state=State.FAILED)
    client.force_login(factories.coordinator())
    assert "person@example.org" in client.get(f"{LIST}{query}").content.decode()
    assert "person@example.org" not in client.get(f"{LIST}?state=sent").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_as_often_for_one_as_for_three(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    for _turn in range(rows):
        queue("trial.news", to=factories.person(), context=CONTEXT)
    client.force_login(factories.coordinator())
    client.get(LIST)
    with django_assert_num_queries(10):
        client.get(LIST)


def test_the_preview_shows_every_message_in_nine_languages(tmp_path: Path) -> None:
    call_command("preview_mail", str(tmp_path), stdout=io.StringIO())
    for language in CODES:
        names = {path.name for path in (tmp_path / language).iterdir()}
        assert names == {f"{name}.{end}" for name in registry.MESSAGES for end in ("txt", "html", "eml")}
    assert not Email.objects.exists()


def test_the_preview_of_one_language_is_of_that_one(tmp_path: Path) -> None:
    call_command("preview_mail", "--language", "el", str(tmp_path), stdout=io.StringIO())
    assert [path.name for path in tmp_path.iterdir()] == ["el"]
    assert "Μαρία Παπαδοπούλου" in (tmp_path / "el" / "contact.arrived.txt").read_text(encoding="utf-8")
