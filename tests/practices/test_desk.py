"""The desk: six steps that lose nothing, reading, handing in, reviewing; and nothing of it for anybody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from clavet.publishing.errors import PublishingError
from practices import cases, deciding, holding, reviewing, rubric
from practices.models import Case, Hold, Practice, Remark
from tests import factories
from tests.factories import as_
from tests.fiches.pages import by_id, text_of as words_of, tree
from tests.practices import cases as made

pytestmark = pytest.mark.django_db
DESK = "/en/desk/practices/"


@pytest.fixture
def where() -> Any:
    return made.authority("Example Town")


@pytest.fixture
def author(where: Any) -> Any:
    return made.author(where)


@pytest.fixture
def case(where: Any, author: Any) -> Case:
    return made.draft(where, author)


def text_of(answer: Any) -> str:
    """What a page says."""
    return words_of(tree(answer))


def fresh(case: Case) -> Case:
    return Case.objects.select_related("revision").get(pk=case.pk)


def form_of(client: Client, path: str) -> dict[str, Any]:
    """What a browser would send back if nothing were changed."""
    root, data = tree(client.get(path)), {}
    form = next(form for form in root.iter("form") if form.get("id") in ("step", "review"))
    for field in form.iter():
        name, kind = field.get("name"), field.get("type")
        if not name or name == "csrfmiddlewaretoken" or kind in ("submit", "file") or field.tag == "button":
            continue
        if field.tag == "select":
            chosen = [option.get("value", "") for option in field.iter("option") if option.get("selected") is not None]
            data[name] = chosen if field.get("multiple") is not None else (chosen or [""])[0]
        elif kind in ("checkbox", "radio"):
            if field.get("checked") is not None:
                data.setdefault(name, []).append(field.get("value"))
        else:
            data[name] = field.text or "" if field.tag == "textarea" else field.get("value", "")
    return data


def value_of(answer: Any, name: str) -> str:
    """What stands in the field ``name``."""
    return next(field.get("value", "") for field in tree(answer).iter("input") if field.get("name") == name)


def is_read_only(answer: Any) -> bool:
    """Whether the step can only be read."""
    return tree(answer).find(".//form[@id='step']/fieldset[@disabled]") is not None


def notice_links(answer: Any) -> set[str]:
    """Where the notices lead."""
    return {
        link.get("href", "")
        for notice in tree(answer).iter("div")
        if "notice" in notice.get("class", "")
        for link in notice.iter("a")
    }


# ---------------------------------------------------------------- beginning


def test_an_author_begins_a_practice_in_her_language_and_writes_the_first_step(where: Any, author: Any) -> None:
    factories.vocabulary()
    client = as_(author)
    assert "Tell a practice" in text_of(client.get(DESK))
    answer = client.post(f"{DESK}new/", {"authority": where.code_id, "language": "it"})
    begun = Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{DESK}{begun.code_id}/step/1/")
    assert begun.practice.source_language == "it"
    assert form_of(client, answer["Location"])["countries"] == ["IT"]


def test_a_person_who_writes_for_nobody_begins_nothing() -> None:
    assert as_(factories.person()).get(f"{DESK}new/").status_code == 404


def test_a_practice_is_not_begun_for_another_authority(author: Any) -> None:
    other = made.authority("Elsewhere")
    as_(author).post(f"{DESK}new/", {"authority": other.code_id, "language": "en"})
    assert not Case.objects.exists()


# ---------------------------------------------------------------- writing


def test_what_is_typed_is_saved_and_the_next_step_comes(case: Case, author: Any) -> None:
    client, path = as_(author), f"{DESK}{case.code_id}/step/1/"
    data = form_of(client, path) | {"text-title": "A night school", "next": "1"}
    answer = client.post(path, data)
    assert (answer.status_code, answer["Location"]) == (302, f"{DESK}{case.code_id}/step/2/")
    stands = fresh(case).revision.document
    assert stands["texts"]["title"] == "A night school"
    assert stands["texts"]["challenge"] == case.revision.document["texts"]["challenge"]
    assert stands["neutral"]["topics"] == ["apprenticeships"]


@pytest.mark.parametrize("number", range(1, 7))
def test_a_step_that_nobody_changed_saves_what_stood(case: Case, author: Any, number: int) -> None:
    client, path = as_(author), f"{DESK}{case.code_id}/step/{number}/"
    before = case.revision.document
    assert client.post(path, form_of(client, path) | {"save": "1"}).status_code == 302
    after = fresh(case).revision.document
    assert after["texts"] == before["texts"]
    kept = {name: value for name, value in after["neutral"].items() if value not in ("", None, [])}
    assert kept.items() >= {k: v for k, v in before["neutral"].items() if k != "contact"}.items()


def test_a_text_that_is_too_long_is_said_to_be_and_yet_not_lost(case: Case, author: Any) -> None:
    client, path = as_(author), f"{DESK}{case.code_id}/step/1/"
    long = "x" * 130
    answer = client.post(path, form_of(client, path) | {"text-title": long, "next": "1"})
    assert answer.status_code == 400
    assert by_id(tree(answer), "errors").find(".//a[@href='#id_text-title']") is not None
    assert value_of(answer, "text-title") == long
    assert fresh(case).revision.document["texts"]["title"] == long


def test_nonsense_in_one_field_keeps_no_other_from_being_saved(case: Case, author: Any) -> None:
    client, path = as_(author), f"{DESK}{case.code_id}/step/1/"
    data = form_of(client, path) | {"period_from": "the other day", "text-summary": "Anew."}
    answer = client.post(path, data)
    assert answer.status_code == 400
    assert value_of(answer, "period_from") == "the other day"
    stands = fresh(case).revision.document
    assert (stands["texts"]["summary"], stands["neutral"]["period_from"]) == ("Anew.", "2019-09")


def test_typing_saves_itself_and_says_when(case: Case, author: Any) -> None:
    client, path = as_(author), f"{DESK}{case.code_id}/step/2/"
    data = form_of(client, path) | {"text-challenge": "Nobody came."}
    told = client.post(path, data, headers={"X-Autosave": "1"}).json()
    assert told["seen"] == case.revision.saved + 1
    assert told["message"].startswith("Saved at ")
    assert fresh(case).revision.document["texts"]["challenge"] == "Nobody came."


def test_the_second_of_two_windows_is_told_and_overwrites_nothing(case: Case, author: Any) -> None:
    client, path = as_(author), f"{DESK}{case.code_id}/step/1/"
    first = form_of(client, path) | {"text-title": "From the first window"}
    second = form_of(client, path) | {"text-title": "From the second window"}
    client.post(path, first)
    told = client.post(path, second, headers={"X-Autosave": "1"})
    assert told.status_code == 409
    answer = client.post(path, second)
    assert answer.status_code == 409
    assert value_of(answer, "text-title") == "From the second window"
    assert fresh(case).revision.document["texts"]["title"] == "From the first window"
    # She has been told; when she saves again, it is on purpose.
    again = second | {"seen": value_of(answer, "seen")}
    assert client.post(path, again).status_code == 302
    assert fresh(case).revision.document["texts"]["title"] == "From the second window"


def test_what_was_typed_after_the_log_in_ran_out_comes_back(case: Case, author: Any) -> None:
    client, path = as_(author), f"{DESK}{case.code_id}/step/1/"
    data = form_of(client, path) | {"text-title": "Typed for an hour"}
    visitor = Client()
    answer = visitor.post(path, data)
    assert answer.status_code == 302
    assert fresh(case).revision.document["texts"]["title"] != "Typed for an hour"
    visitor.force_login(author)
    page = visitor.get(path)
    assert value_of(page, "text-title") == "Typed for an hour"
    assert "What you typed is back" in text_of(page)
    assert value_of(visitor.get(path), "text-title") != "Typed for an hour"


def test_saving_by_itself_without_a_log_in_says_so(case: Case) -> None:
    answer = Client().post(f"{DESK}{case.code_id}/step/1/", {}, headers={"X-Autosave": "1"})
    assert answer.status_code == 401


def test_a_colleague_sees_who_is_writing_and_can_take_over(case: Case, where: Any, author: Any) -> None:
    colleague, path = made.author(where, name="Bruno Esempio"), f"{DESK}{case.code_id}/step/1/"
    as_(author).get(path)
    page = as_(colleague).get(path)
    assert f"{author.name} is writing in this text" in text_of(page)
    assert is_read_only(page)
    as_(colleague).post(f"{DESK}{case.code_id}/take-over/", {"step": "1"})
    assert not is_read_only(as_(colleague).get(path))
    sign = as_(author).post(f"{DESK}{case.code_id}/here/")
    assert (sign.status_code, "Bruno Esempio" in sign.json()["message"]) == (409, True)


def test_who_has_gone_holds_a_text_no_longer(case: Case, where: Any, author: Any) -> None:
    holding.take(case, author)
    Hold.objects.update(seen_at=timezone.now() - holding.ENDS_AFTER)
    assert holding.take(case, made.author(where)) is None


def test_rows_are_added_changed_and_removed(case: Case, author: Any) -> None:
    client, path = as_(author), f"{DESK}{case.code_id}/step/4/"
    row = {"text-name": "Pupils who stay", "after": "12.5", "year": "2024"}
    client.post(path, form_of(client, path) | {f"indicators-0-{key}": value for key, value in row.items()})
    stands = fresh(case).revision.document
    assert stands["children"]["indicators"][0] == {
        "id": "i1",
        "before": "",
        "after": "12.5",
        "year": 2024,
        "source": "",
    }
    assert stands["texts"]["indicator.i1.name"] == "Pupils who stay"
    client.post(path, form_of(client, path) | {"indicators-0-DELETE": "on"})
    stands = fresh(case).revision.document
    assert stands["children"]["indicators"] == []
    assert "indicator.i1.name" not in stands["texts"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("program.pdf", b"MZ\x90\x00" + b"\x00" * 200),
        ("two.pdf", b"%PDF-1.7\nPK\x03\x04%%EOF"),
        ("huge.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xc3P\x00\x00\xc3P\x08\x02\x00\x00\x00"),
        ("empty.csv", b""),
    ],
)
def test_a_harmful_file_is_refused_beside_its_field_and_the_rest_is_saved(
    case: Case, author: Any, name: str, content: bytes
) -> None:
    client, path = as_(author), f"{DESK}{case.code_id}/step/6/"
    data = form_of(client, path) | {"attachments-0-text-title": "A file", "attachments-0-language": "en"}
    answer = client.post(path, data | {"attachments-0-upload": SimpleUploadedFile(name, content), "licence": "CC0-1.0"})
    assert answer.status_code == 400
    assert by_id(tree(answer), "id_attachments-0-upload_error") is not None
    assert fresh(case).revision.document["neutral"]["licence"] == "CC0-1.0"


def test_a_file_with_a_hostile_name_is_kept_under_a_harmless_one(case: Case, author: Any) -> None:
    client, path = as_(author), f"{DESK}{case.code_id}/step/6/"
    file = SimpleUploadedFile("..\\..\\etc/\u202egnp.plan.png", factories.png())
    data = form_of(client, path) | {"attachments-0-text-title": "A plan", "attachments-0-language": "en"}
    assert client.post(path, data | {"attachments-0-upload": file}).status_code == 302
    assert fresh(case).revision.document["children"]["attachments"][0]["name"] == "gnp.plan.png"
    assert "alternative_text" in str(cases.problems(fresh(case)))


# ---------------------------------------------------------------- handing in


def test_what_is_missing_is_listed_with_the_way_to_it(where: Any, author: Any) -> None:
    factories.vocabulary()
    begun = cases.begin(where, "en", actor=author)
    found = notice_links(as_(author).get(f"{DESK}{begun.code_id}/read/"))
    steps = f"{DESK}{begun.code_id}/step/"
    assert {f"{steps}1/#id_text-title", f"{steps}4/#id_outcome", f"{steps}5/#id_contact"} <= found


def test_it_is_handed_in_with_the_declaration_and_not_without(case: Case, author: Any) -> None:
    client, path = as_(author), f"{DESK}{case.code_id}/read/"
    assert client.post(path, {}).status_code == 400
    assert fresh(case).state == Case.State.DRAFT
    assert client.post(path, {"declared": "on"}).status_code == 302
    assert fresh(case).state == Case.State.SUBMITTED
    page = text_of(client.get(f"{DESK}{case.code_id}/"))
    assert "A coordinator checks that it is complete (within 5 working days): for 0 working days" in page


def test_after_a_decline_the_author_answers_once(where: Any, author: Any) -> None:
    editor = factories.coordinator()
    declined = deciding.decline(made.handed_in(where, author), actor=editor, reason="Not about education.")
    client = as_(author)
    assert "Not about education." in text_of(client.get(f"{DESK}{declined.code_id}/"))
    client.post(f"{DESK}{declined.code_id}/reply/", {"text": "It is about training."})
    assert fresh(declined).state == Case.State.IN_REVIEW
    deciding.decline(fresh(declined), actor=editor, reason="Still not.")
    assert client.get(f"{DESK}{declined.code_id}/reply/").status_code == 302


def test_the_author_reads_letter_comments_and_remarks_without_names_or_scores(where: Any, author: Any) -> None:
    editor, reviewer = factories.coordinator(name="Edith Editor"), made.reviewer(name="Rita Reviewer")
    case = made.in_review(where, author, editor)
    review = reviewing.assign(case, reviewer, actor=editor)
    reviewing.remark(case, "evidence", "How do you know?", actor=reviewer, review=review)
    values = {
        "scores": dict.fromkeys(rubric.CRITERIA, 2),
        "recommendation": "decline",
        "for_author": "Figures are missing.",
        "for_editor": "I doubt all of it.",
    }
    reviewing.save_review(review, values, actor=reviewer, seen=0)
    client, path = as_(author), f"{DESK}{case.code_id}/"
    reviewing.give(review, actor=reviewer)
    assert "How do you know?" not in text_of(client.get(path))
    deciding.request_changes(case, actor=editor, letter="Please add figures.")
    page = client.get(path)
    for there in ("Please add figures.", "Figures are missing.", "How do you know?", "Reviewer 1"):
        assert there in text_of(page)
    for secret in ("Rita", "Edith", "I doubt", "decline", ">2<"):
        assert secret not in page.content.decode()
    remark = Remark.objects.get()
    client.post(f"{path}remarks/{remark.pk}/", {"text": "Here they are."})
    assert Remark.objects.get().answer == "Here they are."


# ---------------------------------------------------------------- reviewing


def test_a_reviewer_saves_and_gives_her_review(where: Any, author: Any) -> None:
    editor, reviewer = factories.coordinator(), made.reviewer()
    case = made.in_review(where, author, editor)
    reviewing.assign(case, reviewer, actor=editor)
    client, path = as_(reviewer), f"{DESK}{case.code_id}/review/"
    answer = client.post(path, form_of(client, path) | {"for_author": "Well told.", "give": "1"})
    assert answer.status_code == 400
    assert "Please give a score from 1 to 5." in text_of(answer)
    scores = dict.fromkeys(rubric.CRITERIA, "4")
    data = form_of(client, path) | scores | {"recommendation": "accept", "give": "1"}
    assert data["for_author"] == "Well told."
    assert client.post(path, data).status_code == 302
    assert rubric.missing_reviews(fresh(case)) == 1
    assert "You have given this review." in text_of(client.get(path))


def test_two_who_differ_by_two_steps_need_a_third(where: Any, author: Any) -> None:
    editor = factories.coordinator()
    case = made.in_review(where, author, editor)
    made.reviewed(case, made.reviewer(), editor, "accept")
    made.reviewed(case, made.reviewer(), editor, "decline")
    with pytest.raises(PublishingError):
        deciding.accept(fresh(case), actor=editor)
    made.reviewed(case, made.reviewer(), editor, "changes")
    assert deciding.accept(fresh(case), actor=editor).state == Case.State.ACCEPTED


# ---------------------------------------------------------------- nothing for anybody else

PLACES = ("", "step/1/", "step/6/", "read/", "withdraw/", "review/", "review/release/")


@pytest.mark.parametrize("place", PLACES)
def test_whoever_has_no_business_there_learns_nothing(case: Case, where: Any, place: str) -> None:
    path = f"{DESK}{case.code_id}/{place}"
    elsewhere = made.authority("Elsewhere")
    others = [
        factories.person(),
        made.author(elsewhere),
        made.reviewer(),
        factories.administrator(),
        factories.superuser(),
    ]
    for person in others:
        for answer in (as_(person).get(path), as_(person).post(path, {"text": "x", "declared": "on"})):
            assert answer.status_code in (404, 405)
            assert case.revision.document["texts"]["title"] not in answer.content.decode()
    assert as_(AnonymousUser()).get(path).status_code == 302
    assert as_(factories.person()).get(f"{DESK}BP-9999/{place}").status_code == 404
    assert fresh(case).state == Case.State.DRAFT


def test_a_draft_is_nowhere_in_public(case: Case) -> None:
    client, title = Client(), case.revision.document["texts"]["title"]
    practice = Practice.objects.get()
    for path in (
        "/en/", "/en/practices/", f"/en/practices/{practice.code_id}/", f"/en/practices/{practice.code_id}/x/",
        f"/en/practices/{practice.code_id}/preview/{case.revision_id}/", f"/id/{practice.code_id}",
        "/en/practices/feed.atom", "/sitemap.xml", f"/en/search/?q={title}", "/en/topics/apprenticeships/",
        f"/en/practices/{practice.code_id}/v/1/",
    ):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code in (200, 404), path
        # A search page says again what was looked for; a page for an address that leads nowhere repeats the address.
        told = words_of(tree(answer).find(".//main")) if "/en/" in path and answer.status_code == 200 else ""
        assert title not in told.replace(f"“{title}”", ""), path
        assert case.code_id not in told, path


AUTOSAVE_QUERIES, QUEUE_QUERIES, DOSSIER_QUERIES = 28, 8, 22


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_database_as_often_for_one_practice_as_for_three(
    number: int, where: Any, author: Any, django_assert_num_queries: Any
) -> None:
    for _each in range(number):
        made.draft(where, author)
    client = as_(author)
    with django_assert_num_queries(9):
        client.get(DESK)


def test_a_save_while_typing_asks_the_database_as_often_whatever_the_text(
    case: Case, author: Any, django_assert_num_queries: Any
) -> None:
    client, path = as_(author), f"{DESK}{case.code_id}/step/2/"
    data = form_of(client, path) | {"text-challenge": "Nobody came."}
    with django_assert_num_queries(AUTOSAVE_QUERIES):
        assert client.post(path, data, headers={"X-Autosave": "1"}).status_code == 200


# ---------------------------------------------------------------- the editors' queue


@pytest.mark.parametrize("number", [1, 4])
def test_queue_and_dossier_ask_as_often_for_one_case_and_reviewer_as_for_four(
    number: int, where: Any, author: Any, django_assert_max_num_queries: Any
) -> None:
    editor = factories.coordinator()
    for _each in range(number):
        case = made.in_review(where, author, editor)
        for _review in range(2):
            made.reviewed(case, made.reviewer(made.authority()), editor)
    client = as_(editor)
    for path, expected in (
        ("", QUEUE_QUERIES),
        ("?waits=decision", QUEUE_QUERIES),
        (f"{case.pk}/change/", DOSSIER_QUERIES),
    ):
        with django_assert_max_num_queries(expected):
            assert case.code_id in text_of(client.get(f"/admin/practices/case/{path}"))


@pytest.mark.parametrize("term", ["{code}", " {code} ", "{owner}", "bp-"])
def test_the_queue_is_searched_by_the_code_of_a_practice_or_of_its_authority(
    term: str, where: Any, author: Any
) -> None:
    case = made.handed_in(where, author)
    client = as_(factories.coordinator())
    wanted = term.format(code=case.code_id, owner=where.code_id)
    assert case.code_id in text_of(client.get("/admin/practices/case/", {"q": wanted}))
    assert case.code_id not in text_of(client.get("/admin/practices/case/", {"q": "BP-9999"}))


def test_the_queue_shows_what_is_late_first_and_is_closed_to_others(where: Any, author: Any) -> None:
    early, late = made.handed_in(where, author, title="Early"), made.handed_in(where, author, title="Late one")
    Case.objects.filter(pk=late.pk).update(due_on="2026-01-05")
    page = text_of(as_(factories.coordinator()).get("/admin/practices/case/"))
    assert page.index("Late one") < page.index("Early")
    for person in (factories.person(), author, factories.administrator(), factories.superuser()):
        for path in ("/admin/practices/case/", f"/admin/practices/case/{early.pk}/change/"):
            assert as_(person).get(path).status_code in (302, 403)


def test_an_editor_takes_a_case_from_the_gate_to_publication_in_the_admin(where: Any, author: Any) -> None:
    case = made.handed_in(where, author, title="A night school")
    editor, reviewers = factories.coordinator(), [made.reviewer(), made.reviewer()]
    client, path = as_(editor), f"/admin/practices/case/{case.pk}/change/"
    client.post(path, {"action": "check"})
    for reviewer in reviewers:
        assert reviewer.name in text_of(client.get(path))
        client.post(path, {"action": "assign", "reviewer": str(reviewer.pk)})
    client.post(path, {"action": "accept"})
    assert fresh(case).state == Case.State.IN_REVIEW
    for review in case.reviews.all():
        values = {"scores": dict.fromkeys(rubric.CRITERIA, 5), "recommendation": "accept", "for_author": "Good."}
        reviewing.save_review(review, values, actor=review.reviewer, seen=0)
        reviewing.give(review, actor=review.reviewer)
    client.post(path, {"action": "accept"})
    assert Client().get(case.practice.url_in("en")).status_code == 200


def test_a_coordinator_of_the_authority_decides_nothing_in_the_admin(where: Any, author: Any) -> None:
    case = made.handed_in(where, author)
    own = made.belongs(factories.coordinator(), where, "member")
    for action in ("check", "decline", "request_changes", "accept", "wave_through", "assign"):
        as_(own).post(f"/admin/practices/case/{case.pk}/change/", {"action": action, "text": "x"})
    assert fresh(case).state == Case.State.SUBMITTED


def test_the_admin_of_practices_opens_no_way_round_the_case(case: Case) -> None:
    client, record = as_(factories.coordinator()), case.practice
    assert client.get("/admin/practices/practice/add/").status_code == 403
    before = fresh(case).revision
    client.post(f"/admin/practices/practice/{record.pk}/write/en/", {"seen": "x", "text-title": "Forced"})
    client.post(f"/admin/practices/practice/{record.pk}/decide/{before.pk}/", {"accept": "1"})
    after = fresh(case)
    assert (after.revision.document, after.state, after.practice.version) == (before.document, "draft", 0)
