"""A published practice is revised by its authors, compared by its judges, and withdrawn with what was open."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from clavet.publishing import lifecycle
from clavet.publishing.actors import OPERATOR
from clavet.publishing.errors import NotAllowed
from practices import cases, deciding, reviewing
from practices.models import Case, Practice
from tests import factories
from tests.practices import cases as made
from tests.practices.test_desk import as_, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Any:
    return made.authority("Example Town")


@pytest.fixture
def author(where: Any) -> Any:
    return made.author(where)


def came_back(where: Any, author: Any, editor: Any) -> tuple[Case, Any]:
    """A case in its second round, with an answered remark and one new word; and its reviewer."""
    case, reviewer = made.in_review(where, author, editor), made.reviewer()
    review = reviewing.assign(case, reviewer, actor=editor)
    reviewing.remark(case, "challenge", "For whom?", actor=reviewer, review=review)
    values = {"scores": dict.fromkeys(made.rubric.CRITERIA, 4), "recommendation": "changes", "for_author": "Clear."}
    reviewing.give(reviewing.save_review(review, values, actor=reviewer, seen=0), actor=reviewer)
    case = deciding.request_changes(case, actor=editor, letter="Please.")
    cases.answer_remark(case.remarks.get(), actor=author, text="For young people.")
    changes = {"texts": {"challenge": "A bus to the workshops: trouble."}, "neutral": {"outcome": "achieved"}}
    case = cases.save_fields(case, changes, actor=author, seen=case.revision.saved)
    case = cases.hand_in(case, actor=author, declared=True)
    return deciding.check(case, actor=editor), reviewer


def test_judges_see_what_changed_since_beside_remark_and_answer(where: Any, author: Any) -> None:
    editor = factories.coordinator()
    case, _first = came_back(where, author, editor)
    second = made.reviewer()
    reviewing.assign(case, second, actor=editor)
    for person, path in (
        (second, f"/en/desk/practices/{case.code_id}/review/"),
        (editor, f"/admin/practices/case/{case.pk}/change/"),
    ):
        answer = as_(person).get(path)
        said = text_of(answer)
        assert "What has changed since it was judged" in said
        assert "A bus to the workshops: [taken out: challenge.] [put in: trouble.]" in said
        assert "[taken out: partly" in said
        assert "For whom?" in said
        assert "For young people." in said
        assert answer.content.decode().count('class="comparison-row"') == 2


def test_a_first_text_is_compared_with_nothing(where: Any, author: Any) -> None:
    editor = factories.coordinator()
    case, reviewer = made.in_review(where, author, editor), made.reviewer()
    reviewing.assign(case, reviewer, actor=editor)
    assert 'id="comparison"' not in as_(reviewer).get(f"/en/desk/practices/{case.code_id}/review/").content.decode()


def test_a_text_sent_back_at_the_gate_stays_compared_with_what_reviewers_read(where: Any, author: Any) -> None:
    editor = factories.coordinator()
    case, _reviewer = came_back(where, author, editor)
    read = case.judged
    case = cases.lock(case)
    case = deciding.request_changes(case, actor=editor, letter="Once more.")
    case = cases.hand_in(case, actor=author, declared=True)
    in_between = case.judged
    assert in_between != read
    case = deciding.request_changes(case, actor=editor, letter="A name is missing.")
    assert case.judged == in_between


def test_an_author_revises_from_the_published_page(where: Any, author: Any, client: Client) -> None:
    practice = made.practice(where=where)
    path = f"/en/desk/practices/revise/{practice.code_id}/"
    assert path in client.get(practice.url_in("en")).content.decode()
    assert "/accounts/login/" in client.get(path)["Location"]
    at_desk = as_(author)
    assert at_desk.get(path).status_code == 200
    assert Case.objects.count() == 1
    assert at_desk.post(path)["Location"] == f"/en/desk/practices/{practice.code_id}/step/1/"
    assert Case.objects.count() == 2
    assert at_desk.get(path)["Location"] == f"/en/desk/practices/{practice.code_id}/"
    for person in (made.author(made.authority()), made.belongs(factories.person(), where, "member"), made.reviewer()):
        assert as_(person).post(path).status_code == 404


def test_a_change_that_was_given_up_leaves_the_way_to_another_open(where: Any, author: Any) -> None:
    practice = made.practice(where=where)
    cases.withdraw(cases.begin_change(practice, actor=author), actor=author)
    page = as_(author).get(f"/en/desk/practices/{practice.code_id}/").content.decode()
    assert f"/en/desk/practices/{practice.code_id}/change/" in page


def test_what_never_was_in_a_case_is_revised_too(where: Any, author: Any) -> None:
    practice = made.practice(where=where)
    Case.objects.all().delete()
    client = as_(author)
    assert f"/en/desk/practices/revise/{practice.code_id}/" in client.get("/en/desk/practices/").content.decode()
    client.post(f"/en/desk/practices/revise/{practice.code_id}/")
    assert Case.objects.get().revision.document["texts"]["title"] == practice.title_en


def test_the_editor_says_how_much_a_change_matters_and_what_it_is(where: Any, author: Any) -> None:
    practice, editor = made.practice(where=where), factories.coordinator()
    case = cases.begin_change(practice, actor=author)
    case = cases.save_fields(case, {"texts": {"challenge": "Another."}}, actor=author, seen=case.revision.saved)
    case = deciding.check(cases.hand_in(case, actor=author, declared=True), actor=editor)
    for _each in range(2):
        made.reviewed(case, made.reviewer(), editor)
    client, path = as_(editor), f"/admin/practices/case/{case.pk}/change/"
    assert "What it changes in the published text" in text_of(client.get(path))
    assert "choose its significance" in text_of(client.post(path, {"action": "accept"}, follow=True))
    assert Practice.objects.get().version == 1
    client.post(path, {"action": "accept", "significance": "medium", "change_note": "Another challenge"})
    version = Practice.objects.get().code.versions.get(number=2)
    assert (version.significance, version.change_note) == ("medium", {"en": "Another challenge"})


def test_a_practice_is_archived_and_withdrawn_with_a_reason_and_its_open_change_goes_with_it(
    where: Any, author: Any, client: Client
) -> None:
    practice = made.practice(where=where)
    case = cases.hand_in(cases.begin_change(practice, actor=author), actor=author, declared=True)
    coordinator = as_(factories.coordinator())
    path = f"/admin/practices/practice/{practice.pk}/step"
    assert coordinator.post(f"{path}/archive/", {"reason": ""}).status_code == 200
    coordinator.post(f"{path}/archive/", {"reason": "It has ended."})
    page = client.get(practice.url_in("en"))
    assert page.status_code == 200
    assert "has been archived" in page.content.decode()
    assert practice.code_id not in client.get("/en/practices/").content.decode()
    coordinator.post(f"{path}/withdraw/", {"reason": "A person asked us to."})
    gone = client.get(practice.url_in("en"))
    assert gone.status_code == 410
    assert "A person asked us to." in gone.content.decode()
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.revision.state) == ("withdrawn", "withdrawn")
    assert not Case.objects.waiting_for_editor().exists()


def test_nobody_but_a_coordinator_archives_or_withdraws_a_practice(where: Any, author: Any) -> None:
    practice = made.practice(where=where)
    for person in (author, made.reviewer(), factories.administrator()):
        as_(person).post(f"/admin/practices/practice/{practice.pk}/step/withdraw/", {"reason": "x"})
        for step in (lifecycle.archive_record, lifecycle.withdraw_record):
            with pytest.raises(NotAllowed):
                step(practice, actor=person, reason="x")
    assert Practice.objects.get().status == "published"
    lifecycle.archive_record(practice, actor=OPERATOR)
