"""The desk in the admin: what coordinators do there, and who does not get in."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clavet.accounts.models import User
from clavet.languages import CODES
from clavet.publishing import workflow
from clavet.publishing.models import Code, LogEntry, PublishingRules, Revision, Translation, Version
from fiches.models import Fiche
from tests import factories


def desk(action: str, record: Fiche, *args: Any) -> str:
    """The address of something at the desk."""
    return reverse(f"admin:fiches_fiche_{action}", args=[record.pk, *args])


def filled(record: Fiche, **changes: str) -> dict[str, str]:
    """What the form of a complete source text sends."""
    body = factories.document()
    data: dict[str, Any] = {f"text-{key}": text for key, text in body["texts"].items()}
    data |= {name: value for name, value in body["neutral"].items() if value}
    for name in ("indicators", "sources", "steps", "attachments"):
        data |= {f"{name}-TOTAL_FORMS": "2", f"{name}-INITIAL_FORMS": "0"}
    row = factories.source("s1")
    data |= {f"sources-0-{name}": value for name, value in row.items() if name != "id"}
    return {**data, "seen": workflow.seen_of(record, "en"), **changes}


@pytest.fixture
def at_desk(client: Client, writer: User) -> Client:
    """A browser in which the writer is logged in."""
    client.force_login(writer)
    return client


@pytest.mark.django_db
def test_a_fiche_goes_from_nothing_to_the_public_through_the_desk(writer: User, reader: User) -> None:
    factories.vocabulary()
    writing, deciding, public = Client(), Client(), Client()
    writing.force_login(writer)
    deciding.force_login(reader)
    writing.post(reverse("admin:fiches_fiche_add"), {"source_language": "en"})
    record = Fiche.objects.get()
    answer = writing.post(desk("write", record, "en"), {**filled(record), "submit": "1"})
    revision = Revision.objects.get()
    assert answer.url == desk("decide", record, revision.pk)
    assert public.get(f"/id/{record.code_id}").status_code == 404
    page = deciding.get(desk("decide", record, revision.pk)).content.decode()
    assert "<ins>" in page
    answer = deciding.post(desk("decide", record, revision.pk), {"accept": "1"})
    assert answer.url == desk("change", record)
    page = public.get(Fiche.objects.get().url_in("en")).content.decode()
    assert "A workshop bus" in page
    assert "Annual report" in page


@pytest.mark.django_db
def test_who_wrote_a_text_is_offered_no_button_to_accept_it_and_cannot_send_one(at_desk: Client, writer: User) -> None:
    record = factories.unpublished(by=writer)
    factories.vocabulary()
    revision = factories.submitted(record, "en", factories.document(), by=writer)
    page = at_desk.get(desk("decide", record, revision.pk)).content.decode()
    assert 'name="accept"' not in page
    at_desk.post(desk("decide", record, revision.pk), {"accept": "1"})
    revision = Revision.objects.get(pk=revision.pk)
    assert revision.state == Revision.State.SUBMITTED
    assert not Version.objects.exists()


@pytest.mark.django_db
def test_an_unfinished_text_is_saved_and_the_list_says_what_it_still_needs(at_desk: Client, writer: User) -> None:
    factories.vocabulary()
    record = factories.unpublished(by=writer)
    page = at_desk.post(
        desk("write", record, "en"), {**filled(record, **{"text-lessons": ""}), "submit": "1"}
    ).content.decode()
    assert "Please fill in this field." in page
    revision = Revision.objects.get()
    assert revision.state == Revision.State.DRAFT
    assert revision.document["texts"]["title"] == "A workshop bus"


@pytest.mark.django_db
def test_a_wrong_value_stands_beside_its_field_and_nothing_typed_is_lost(at_desk: Client, writer: User) -> None:
    factories.vocabulary()
    record = factories.unpublished(by=writer)
    sent = filled(record, **{"sources-0-link": "javascript:alert(1)", "text-title": "T" * 101})
    page = at_desk.post(desk("write", record, "en"), {**sent, "save": "1"}).content.decode()
    assert "Enter a valid URL." in page
    assert "T" * 101 in page
    assert not Revision.objects.exists()


@pytest.mark.django_db
def test_the_second_of_two_editors_is_told_and_keeps_what_she_typed(
    at_desk: Client, writer: User, fiche: Fiche
) -> None:
    mine = filled(fiche, **{"text-title": "Mine"})
    other = factories.draft(fiche, "en", factories.document("Hers"), by=factories.coordinator())
    page = at_desk.post(desk("write", fiche, "en"), {**mine, "save": "1"}).content.decode()
    assert "Somebody else has saved this text" in page
    assert "Mine" in page
    assert Revision.objects.get(pk=other.pk).document["texts"]["title"] == "Hers"


@pytest.mark.django_db
def test_a_translation_is_written_beside_its_source(at_desk: Client, fiche: Fiche) -> None:
    page = at_desk.get(desk("write", fiche, "el")).content.decode()
    assert '<div class="desk-source" lang="en">A workshop bus</div>' in page
    data = {f"text-{key}": f"{text} (ελ)" for key, text in factories.document()["texts"].items()}
    data |= {"part": "full", "method": "human", "translator_name": "Ελένη", "base_version": "1"}
    data["seen"] = workflow.seen_of(fiche, "el")
    at_desk.post(desk("write", fiche, "el"), {**data, "submit": "1"})
    revision = Revision.objects.get(state="submitted")
    workflow.accept_revision(revision, actor=factories.coordinator())
    assert Translation.objects.current().get(language="el").translator_name == "Ελένη"


@pytest.mark.django_db
def test_looking_at_a_text_opens_no_revision(at_desk: Client, fiche: Fiche) -> None:
    number = Revision.objects.count()
    for language in CODES:
        assert at_desk.get(desk("write", fiche, language)).status_code == 200
    assert Revision.objects.count() == number


@pytest.mark.django_db
def test_a_change_of_the_source_needs_a_significance(reader: User, client: Client, fiche: Fiche) -> None:
    revision = factories.submitted(fiche, "en", factories.document("Changed"), by=factories.coordinator())
    client.force_login(reader)
    client.post(desk("decide", fiche, revision.pk), {"accept": "1"})
    assert Fiche.objects.get(pk=fiche.pk).version == 1
    sent = {"accept": "1", "accept-significance": "major", "accept-change_note": "A new title."}
    client.post(desk("decide", fiche, revision.pk), sent)
    version = Version.objects.get(number=2)
    assert (version.significance, version.change_note) == ("major", {"en": "A new title."})
    assert "A new title." in client.get(desk("change", fiche)).content.decode()


@pytest.mark.django_db
def test_a_revision_is_rejected_for_a_reason_only(reader: User, client: Client, fiche: Fiche) -> None:
    revision = factories.submitted(fiche, "en", factories.document("Changed"), by=factories.coordinator())
    client.force_login(reader)
    client.post(desk("decide", fiche, revision.pk), {"reject": "1", "reason-reason": ""})
    assert Revision.objects.get(pk=revision.pk).state == "submitted"
    client.post(desk("decide", fiche, revision.pk), {"reject": "1", "reason-reason": "No source."})
    assert Revision.objects.get(pk=revision.pk).state == "rejected"
    assert LogEntry.objects.get(action="rejected").reason == "No source."


@pytest.mark.django_db
def test_an_older_version_is_withheld_and_released_and_readers_see_when(at_desk: Client, fiche: Fiche) -> None:
    factories.renew(fiche, "editorial")
    address = f"/en/fiches/{fiche.code_id}/v/1/"
    assert Client().get(address).status_code == 200
    at_desk.post(desk("withhold", fiche, 1), {"why": "privacy", "note": "Mrs Example is named"})
    answer = Client().get(address)
    assert answer.status_code == 410
    assert "privacy" in answer.content.decode()
    assert "Mrs Example" not in answer.content.decode()
    at_desk.post(desk("withhold", fiche, 1), {})
    assert Client().get(address).status_code == 200


@pytest.mark.django_db
def test_versions_are_compared_word_by_word(at_desk: Client, fiche: Fiche) -> None:
    factories.renew(fiche, "medium", title="A workshop tram")
    page = at_desk.get(desk("compare", fiche, 1, 2)).content.decode()
    hidden = '<span class="visually-hidden" lang="en">[{} </span>{}<span class="visually-hidden">] </span>'
    taken, added = hidden.format("taken out:", "bus"), hidden.format("put in:", "tram")
    assert f"<del>{taken}</del><ins>{added}</ins>" in page
    assert at_desk.get(desk("compare", fiche, 1, 9)).status_code == 404


@pytest.mark.django_db
def test_a_record_is_archived_restored_confirmed_and_withdrawn_at_the_desk(at_desk: Client, fiche: Fiche) -> None:
    page = Client().get(fiche.url_in("en")).content.decode()
    at_desk.post(desk("step", fiche, "archive"), {"reason": "The programme has ended."})
    assert fiche.code_id not in Client().get("/en/fiches/").content.decode()
    at_desk.post(desk("step", fiche, "restore"))
    assert fiche.code_id in Client().get("/en/fiches/").content.decode()
    at_desk.post(desk("step", fiche, "confirm"))
    assert Fiche.objects.get().confirmed_on is not None
    at_desk.post(desk("step", fiche, "withdraw"), {"reason": "The city asked for it."})
    answer = Client().get(fiche.url_in("en"))
    assert answer.status_code == 410
    assert "The city asked for it." in answer.content.decode()
    assert "A workshop bus" in page
    assert Code.objects.get(pk=fiche.code_id).retirement == "withdrawn"


@pytest.mark.django_db
def test_the_real_page_is_previewed_in_any_language_by_those_who_may(writer: User, reader: User, fiche: Fiche) -> None:
    revision = factories.draft(fiche, "en", factories.document("Not yet public"), by=writer)
    address = f"/el/fiches/{fiche.code_id}/preview/{revision.pk}/"
    seeing = Client()
    seeing.force_login(reader)
    answer = seeing.get(address.replace("/el/", "/en/"))
    assert "Not yet public" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert seeing.get(address).status_code == 200
    assert Client().get(address).status_code == 404
    stranger = Client()
    stranger.force_login(factories.superuser())
    assert stranger.get(address).status_code == 404


@pytest.mark.django_db
def test_a_file_is_uploaded_at_the_desk_and_a_false_one_is_refused_beside_it(at_desk: Client, writer: User) -> None:
    factories.vocabulary()
    record = factories.unpublished(by=writer)
    row = {"attachments-0-language": "en", "attachments-0-text-title": "Form"}
    false = SimpleUploadedFile("form.pdf", b"MZ\x90\x00 not a document")
    page = at_desk.post(
        desk("write", record, "en"), {**filled(record), **row, "attachments-0-upload": false, "save": "1"}
    ).content.decode()
    assert "The content of this file does not match its name." in page
    right = SimpleUploadedFile("form.pdf", factories.pdf())
    at_desk.post(desk("write", record, "en"), {**filled(record), **row, "attachments-0-upload": right, "save": "1"})
    rows = Revision.objects.get().document["children"]["attachments"]
    assert [(item["id"], item["name"]) for item in rows] == [("a1", "form.pdf")]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_table_of_fiches_by_languages_takes_the_same_queries_for_any_number(at_desk: Client, number: int) -> None:
    for _index in range(number):
        factories.fiche(translations=("el", "tr"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = at_desk.get(reverse("admin:fiches_fiche_changelist"))
    assert page.status_code == 200
    assert len(queries) == 9


@pytest.mark.django_db
def test_the_table_finds_what_is_outdated_in_a_language(at_desk: Client) -> None:
    outdated = factories.fiche("Outdated in Croatian", translations=("hr", "el"))
    factories.renew(outdated, "major")
    factories.translate(outdated, "el")
    factories.fiche("Current in Croatian", translations=("hr",))
    address = reverse("admin:fiches_fiche_changelist")

    def found(query: str) -> set[str]:
        page = at_desk.get(f"{address}?{query}")
        return {record.code_id for record in page.context["cl"].result_list}

    assert found("translation=outdated&lang=hr") == {outdated.code_id}
    assert found("translation=outdated&lang=el") == set()
    assert found("translation=missing&lang=hr") == set()
    assert len(found("translation=published&lang=el")) == 1
    assert len(found("translation=missing&lang=tr")) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["visitor", "person", "administrator", "superuser"])
def test_nobody_but_a_coordinator_gets_to_the_desk(client: Client, fiche: Fiche, who: str) -> None:
    revision = factories.submitted(fiche, "en", factories.document("Changed"), by=factories.coordinator())
    if who != "visitor":
        user = getattr(factories, who)()
        User.objects.filter(pk=user.pk).update(is_staff=True)
        client.force_login(user)
    addresses = [
        desk("change", fiche),
        desk("write", fiche, "en"),
        desk("decide", fiche, revision.pk),
        desk("withhold", fiche, 1),
        desk("step", fiche, "withdraw"),
        reverse("admin:fiches_fiche_add"),
        reverse("admin:fiches_fiche_changelist"),
        reverse("admin:fiches_fiche_delete", args=[fiche.pk]),
    ]
    for address in addresses:
        for answer in (client.get(address), client.post(address, {"accept": "1", "reason": "x", "why": "rights"})):
            assert answer.status_code in (302, 403), address
            assert answer.status_code == 403 or answer.url.startswith(("/admin/login/", "/accounts/2fa/"))
    assert Fiche.objects.get(pk=fiche.pk).status == "published"
    assert Revision.objects.get(pk=revision.pk).state == "submitted"


@pytest.mark.django_db
def test_the_days_of_grace_set_in_the_admin_hold_at_once(at_desk: Client) -> None:
    record = factories.fiche(translations=("el",), now=factories.long_ago(50))
    factories.renew(record, "medium", now=factories.long_ago(10))
    assert not Translation.objects.current().filter(outdated_from__lte=factories.long_ago(0)).exists()
    at_desk.post(reverse("admin:publishing_publishingrules_add"), {"grace_days": "5", "review_months": "24"})
    assert PublishingRules.in_force().grace_days == 5
    assert Translation.objects.current().filter(outdated_from__lte=factories.long_ago(0)).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "tail", ["write/xx/", "write/el/", "decide/999999/", "versions/1/2/", "withhold/7/", "step/no/"]
)
def test_what_is_not_there_is_a_404_at_the_desk(at_desk: Client, writer: User, tail: str) -> None:
    record = factories.unpublished(by=writer)
    assert at_desk.get(f"/admin/fiches/fiche/{record.pk}/{tail}").status_code == 404
    assert at_desk.get("/admin/fiches/fiche/none/change/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "el"])
def test_an_editor_whose_page_is_older_than_an_acceptance_is_told(at_desk: Client, fiche: Fiche, language: str) -> None:
    seen = workflow.seen_of(fiche, language)
    if language == "en":
        factories.renew(fiche, "editorial", title="Accepted meanwhile")
        data = filled(fiche, seen=seen)
    else:
        factories.translate(fiche, "el", text={"texts": {**factories.translated(factories.document(), "el")["texts"]}})
        data = {"text-title": "Alt", "part": "full", "method": "human", "base_version": "1", "seen": seen}
    page = at_desk.post(desk("write", fiche, language), {**data, "save": "1"}).content.decode()
    assert "Somebody else has saved this text" in page
    assert not Revision.objects.open().exists()


@pytest.mark.django_db
def test_spare_rows_that_nobody_filled_in_are_no_rows(at_desk: Client, writer: User) -> None:
    factories.vocabulary()
    record = factories.unpublished(by=writer)
    spare = {"sources-1-type": "law", "attachments-0-language": "en"}
    at_desk.post(desk("write", record, "en"), {**filled(record), **spare, "save": "1"})
    children = Revision.objects.get().document["children"]
    assert [row["title"] for row in children["sources"]] == ["Annual report"]
    assert children["attachments"] == []


@pytest.mark.django_db
def test_a_draft_that_was_never_public_is_withdrawn_without_a_trace_for_the_public(
    at_desk: Client, writer: User
) -> None:
    record = factories.unpublished(by=writer)
    at_desk.post(desk("step", record, "withdraw"), {"reason": "Internal."})
    assert Fiche.objects.get().status == "withdrawn"
    assert Client().get(f"/id/{record.code_id}").status_code == 404
