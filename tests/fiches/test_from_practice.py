"""A practice becomes the draft of a fiche in every language that it is told in, and each page names the other."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from clavet.accounts.models import User
from clavet.library import interchange
from clavet.publishing import lifecycle, workflow
from clavet.publishing.actors import OPERATOR
from clavet.publishing.errors import NotAllowed, WrongState
from clavet.publishing.models import Revision, Translation
from clavet.publishing.models.revisions import Method
from fiches.from_practice import AlreadyTold, draft_from, told_as
from fiches.models import Fiche
from network.models import Authority
from practices import cases, deciding
from practices.models import Practice
from tests import factories
from tests.factories import as_
from tests.practices import cases as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    return factories.coordinator()


@pytest.fixture
def practice() -> Practice:
    """A practice in English with a file and a partner, translated into Greek by machine."""
    where, partner, editor = made.authority(), made.authority("Partner Town"), factories.coordinator()
    author = made.author(where)
    case = made.draft(
        where,
        author,
        partners=[{"id": "p1", "authority": partner.code_id, "name": partner.own_name}],
        sources=[factories.source("s1")],
        attachments=[factories.attachment("a1", factories.pdf("bus"), "bus.pdf")],
    )
    title = {"texts": {"attachment.a1.title": "Timetable"}}
    case = cases.save_fields(case, title, actor=author, seen=case.revision.saved)
    case = deciding.check(cases.hand_in(case, actor=author, declared=True), actor=editor)
    for _each in range(2):
        made.reviewed(case, made.reviewer(), editor)
    record = deciding.accept(case, actor=editor).practice
    text = factories.translated(record.code.versions.get().document, "el")
    revision = workflow.open_revision(record, "el", actor=factories.coordinator(), method=Method.MACHINE)
    by = User.objects.get(pk=revision.author_id)
    revision = workflow.save_revision(revision, text, actor=by, seen=0, translator_name="A machine")
    workflow.accept_revision(workflow.submit_revision(revision, actor=by), actor=factories.coordinator())
    return Practice.objects.get(pk=record.pk)


def revision_of(fiche: Fiche, language: str) -> Revision:
    return Revision.objects.get(code_id=fiche.code_id, language=language)


def published(fiche: Fiche, writer: User) -> Fiche:
    """The draft with the lessons that only an editor can write, accepted by another coordinator."""
    revision = revision_of(fiche, "en")
    document = {**revision.document, "texts": {**revision.document["texts"], "lessons": "Ask the schools first."}}
    revision = workflow.save_revision(revision, document, actor=writer, seen=revision.saved)
    return workflow.accept_revision(workflow.submit_revision(revision, actor=writer), actor=factories.coordinator())


def test_the_draft_says_what_the_practice_says(practice: Practice, writer: User, settings: Any) -> None:
    settings.SITE_URL = "https://clavet.example"
    fiche = draft_from(practice, actor=writer)
    assert (fiche.status, fiche.version, fiche.source_language) == ("unpublished", 0, "en")
    document = revision_of(fiche, "en").document
    texts, neutral, rows = document["texts"], document["neutral"], document["children"]
    assert (texts["title"], texts["summary"]) == (practice.title_en, practice.summary_en)
    assert texts["context"] == practice.challenge_en
    assert texts["what_was_done"] == (
        f"{practice.what_was_done_en}\n\n### Who took part and how\n\n{practice.participation_en}"
    )
    assert texts["results"].startswith(practice.evidence_en)
    assert practice.depends_on_en in texts["how_to_transfer"]
    assert "- Budget: €40,000, " in texts["resources"]
    assert "lessons" not in texts
    assert (neutral["kind"], neutral["made_from"]) == ("best_practice", practice.code_id)
    assert neutral["topics"] == practice.topic_order
    assert neutral["authorities"] == [practice.authority, practice.partners.get().authority]
    assert rows["attachments"][0]["file"] == practice.attachments.get().file
    assert [row["id"] for row in rows["sources"]] == ["s1", "practice"]
    assert rows["sources"][1]["link"] == f"https://clavet.example/id/{practice.code_id}"
    assert [problem.key for problem in workflow.problems_of(fiche, revision_of(fiche, "en"))] == ["lessons"]


def test_every_translation_comes_as_a_draft_with_how_it_was_made(practice: Practice, writer: User) -> None:
    greek = revision_of(draft_from(practice, actor=writer), "el")
    assert (greek.state, greek.method, greek.translator_name) == ("draft", "machine", "A machine")
    assert greek.document["texts"]["title"] == practice.title_el
    assert greek.document["texts"]["attachment.a1.title"] == "Timetable [el]"
    assert "### Ποιοι συμμετείχαν" in greek.document["texts"]["what_was_done"]
    assert "Budget" not in greek.document["texts"]["resources"]


def test_a_translation_waits_for_its_source_and_then_goes_its_way(practice: Practice, writer: User) -> None:
    fiche = draft_from(practice, actor=writer)
    with pytest.raises(WrongState):
        workflow.submit_revision(revision_of(fiche, "el"), actor=writer)
    client = as_(writer)
    path = f"/admin/fiches/fiche/{fiche.pk}/write/el/"
    page = client.get(path).content.decode()
    assert practice.title_el in page
    assert 'name="submit"' not in page
    preview = f"/el/fiches/{fiche.code_id}/preview/{revision_of(fiche, 'el').pk}/"
    assert practice.title_el in client.get(preview).content.decode()
    published(fiche, writer)
    assert 'name="submit"' in client.get(path).content.decode()
    # What the editor has written since has to be translated, too.
    revision = revision_of(fiche, "el")
    document = {"texts": {**revision.document["texts"], "lessons": "Ρωτήστε πρώτα τα σχολεία."}}
    revision = workflow.save_revision(revision, document, actor=writer, seen=revision.saved)
    workflow.accept_revision(workflow.submit_revision(revision, actor=writer), actor=factories.coordinator())
    translation = Translation.objects.get(code_id=fiche.code_id)
    assert (translation.version_number, translation.method) == (1, "machine")


def test_a_practice_that_achieved_nothing_is_a_lesson_and_an_example_stays_one(writer: User) -> None:
    practice = made.practice(outcome="not_achieved")
    Practice.objects.update(is_example=True)
    fiche = draft_from(practice, actor=writer)
    assert fiche.is_example
    assert revision_of(fiche, "en").document["neutral"]["kind"] == "lesson_learned"


def test_a_second_fiche_of_a_practice_is_made_only_if_somebody_insists(practice: Practice, writer: User) -> None:
    first = draft_from(practice, actor=writer)
    with pytest.raises(AlreadyTold):
        draft_from(practice, actor=factories.coordinator())
    client, path = as_(factories.coordinator()), f"/admin/fiches/fiche/from-practice/{practice.code_id}/"
    assert f"/admin/fiches/fiche/{first.pk}/change/" in client.get(path).content.decode()
    client.post(path)
    assert told_as(practice).count() == 1
    client.post(path, {"again": "on"})
    assert told_as(practice).count() == 2
    lifecycle.withdraw_record(first, actor=OPERATOR, reason="Twice")
    assert told_as(practice).count() == 1


def test_a_coordinator_goes_from_the_practice_to_the_dossier_of_the_draft(practice: Practice, writer: User) -> None:
    client, path = as_(writer), f"/admin/fiches/fiche/from-practice/{practice.code_id}/"
    dossier = f"/admin/practices/practice/{practice.pk}/change/"
    assert path in client.get(dossier).content.decode()
    assert not Fiche.objects.exists()
    assert client.get(path).status_code == 200
    answer = client.post(path)
    fiche = Fiche.objects.get()
    assert answer["Location"] == f"/admin/fiches/fiche/{fiche.pk}/change/"
    assert dossier in client.get(answer["Location"]).content.decode()
    assert answer["Location"] in client.get(dossier).content.decode()
    assert client.get("/admin/fiches/fiche/from-practice/BP-7777/").status_code == 404


@pytest.mark.parametrize("who", ["nobody", "author", "reviewer", "administrator"])
def test_nobody_but_a_coordinator_makes_a_fiche_of_a_practice(practice: Practice, who: str) -> None:
    where = Authority.objects.get(code_id=practice.authority)
    person = {
        "nobody": factories.person,
        "author": lambda: made.author(where),
        "reviewer": made.reviewer,
        "administrator": factories.administrator,
    }[who]()
    with pytest.raises(NotAllowed):
        draft_from(practice, actor=person)
    assert as_(person).post(f"/admin/fiches/fiche/from-practice/{practice.code_id}/").status_code in (302, 403)
    assert not Fiche.objects.exists()


def test_only_what_is_published_is_told_as_a_fiche(practice: Practice, writer: User) -> None:
    lifecycle.archive_record(practice, actor=OPERATOR)
    with pytest.raises(WrongState):
        draft_from(practice, actor=writer)


def test_the_pages_name_each_other_once_both_are_public(practice: Practice, writer: User, client: Client) -> None:
    fiche = draft_from(practice, actor=writer)
    for language in ("en", "el"):
        page = client.get(practice.url_in(language)).content.decode()
        assert fiche.code_id not in page
    fiche = published(fiche, writer)
    page = client.get(practice.url_in("el")).content.decode()
    assert f'href="/el/fiches/{fiche.code_id}/' in page
    assert f'<cite lang="en">{fiche.title_en}</cite>' in page
    page = client.get(fiche.url_in("en")).content.decode()
    assert f'href="{practice.url_in("en")}"' in page
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert data["isBasedOn"]["@id"].endswith(f"/id/{practice.code_id}")
    assert interchange.export_entry(fiche)["made_from"] == practice.code_id


def test_a_fiche_outlives_its_practice_and_no_longer_leads_to_it(
    practice: Practice, writer: User, client: Client
) -> None:
    fiche = published(draft_from(practice, actor=writer), writer)
    lifecycle.withdraw_record(practice, actor=OPERATOR, reason="A person asked us to.")
    page = client.get(fiche.url_in("en")).content.decode()
    assert "Made from the practice" not in page
    assert "isBasedOn" not in page
