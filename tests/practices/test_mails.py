"""Who hears of what in a review, in her language, once; and that nothing secret is in it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from clavet.languages import CODES
from clavet.mail import registry
from clavet.mail.models import Email
from practices import adoption_mails, cases, deciding, limits, mails, reminders, reviewing, rubric
from practices.models import Case, Review
from tests import factories
from tests.practices import cases as made

pytestmark = pytest.mark.django_db


def sent_to(user: object, name: str) -> list[Email]:
    return list(Email.objects.filter(user=user, name=name).order_by("pk"))


def test_each_step_reaches_those_whose_turn_it_is_in_their_language() -> None:
    where = made.authority()
    author, editor = made.author(where, language="it"), factories.coordinator(language="el")
    own = made.belongs(factories.coordinator(), where, "member")
    case = made.handed_in(where, author)
    assert [mail.language for mail in sent_to(editor, "practices.submitted")] == ["el"]
    assert not sent_to(own, "practices.submitted")
    case = deciding.check(case, actor=editor)
    reviewer = made.reviewer(language="tr")
    made.reviewed(case, reviewer, editor, "decline")
    assert [mail.language for mail in sent_to(reviewer, "practices.review_asked")] == ["tr"]
    assert len(sent_to(editor, "practices.review_given")) == 1
    deciding.request_changes(case, actor=editor, letter="Figures, *please*.")
    told = sent_to(author, "practices.stands")
    assert [mail.language for mail in told] == ["it"] * 3
    assert "Figures, *please*." in told[-1].text
    everything = "".join(mail.subject + mail.text + mail.html for mail in told)
    for secret in (reviewer.name, editor.name, "decline"):
        assert secret not in everything


def test_a_reviewer_is_reminded_before_and_after_the_limit_once_each() -> None:
    where, editor, reviewer = made.authority(), factories.coordinator(), made.reviewer()
    review = reviewing.assign(made.in_review(where, made.author(where), editor), reviewer, actor=editor)
    before = review.due_on - datetime.timedelta(days=10)
    assert reminders.send_due(before) == 0
    soon = next(
        day
        for day in (review.due_on - datetime.timedelta(days=back) for back in range(10))
        if limits.working_days_after(day, limits.REMIND_BEFORE) <= review.due_on
    )
    reminders.send_due(soon)
    reminders.send_due(soon)
    assert len(sent_to(reviewer, "practices.review_due")) == 1
    late = review.due_on + datetime.timedelta(days=1)
    reminders.send_due(late)
    reminders.send_due(late)
    assert len(sent_to(reviewer, "practices.review_due")) == 2


def test_a_review_that_has_come_is_not_asked_for_again() -> None:
    where, editor, reviewer = made.authority(), factories.coordinator(), made.reviewer()
    made.reviewed(made.in_review(where, made.author(where), editor), reviewer, editor)
    reminders.send_due(timezone.localdate() + datetime.timedelta(days=60))
    assert not sent_to(reviewer, "practices.review_due")


def test_what_stands_still_comes_before_all_coordinators_whom_it_does_not_concern() -> None:
    where, editors = made.authority(), [factories.coordinator(), factories.coordinator()]
    own = made.belongs(factories.coordinator(), where, "member")
    case = made.handed_in(where, made.author(where))
    day = case.due_on + datetime.timedelta(days=1)
    assert reminders.send_due(case.due_on) == 0
    assert reminders.send_due(day) == 2
    assert reminders.send_due(day) == 0
    assert all(sent_to(editor, "practices.late") for editor in editors)
    assert not sent_to(own, "practices.late")


def test_a_colleague_who_left_hears_nothing_more() -> None:
    where, editor = made.authority(), factories.coordinator()
    first, second = made.author(where), made.author(where)
    case = made.draft(where, first)
    case = cases.save_fields(case, {"texts": {"title": "Ours"}}, actor=second, seen=case.revision.saved)
    first.member.memberships.update(left_on=timezone.localdate())
    cases.hand_in(case, actor=second, declared=True)
    deciding.check(Case.objects.get(), actor=editor)
    assert not sent_to(first, "practices.stands")
    assert len(sent_to(second, "practices.stands")) == 2


def test_a_step_that_fails_sends_nothing() -> None:
    where = made.authority()
    case = made.draft(where, made.author(where), outcome="")
    with pytest.raises(Exception, match="outcome"):
        cases.hand_in(case, actor=case.revision.author, declared=True)
    assert not Email.objects.exists()


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("message", [*mails.ALL, *adoption_mails.ALL], ids=lambda message: message.name)
def test_every_message_has_a_subject_and_no_gap_in_any_language(message: registry.Message, language: str) -> None:
    from clavet.mail.previewing import preview

    made_up = preview(message, language)
    assert made_up.subject
    for gap in ("None", "{{", "{%", "%("):
        assert gap not in made_up.subject + made_up.text + made_up.html


def test_working_days_pass_over_weekends() -> None:
    friday = datetime.date(2026, 11, 20)
    assert limits.working_days_after(friday, 1) == datetime.date(2026, 11, 23)
    assert limits.working_days_after(friday, 5) == datetime.date(2026, 11, 27)
    assert limits.working_days_between(friday, datetime.date(2026, 11, 23)) == 1
    assert limits.working_days_between(datetime.date(2026, 11, 23), friday) == -1


def test_the_reviews_needed_are_two_and_three_where_two_differ_by_two_steps() -> None:
    assert (
        rubric.needed(["accept"]) == rubric.needed(["accept", "changes"]) == rubric.needed(["changes", "decline"]) == 2
    )
    assert rubric.needed(["accept", "decline"]) == 3
    assert Review.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_what_was_told_before_costs_the_same_questions_however_much_it_is(
    number: int, django_assert_num_queries: Any
) -> None:
    where, editors = made.authority(), [factories.coordinator() for _each in range(number)]
    own = made.belongs(factories.coordinator(), where, "member")
    for _each in range(number):
        case = made.in_review(where, made.author(where), editors[0])
        reviewing.assign(case, made.reviewer(), actor=editors[0])
        made.handed_in(where, made.author(where))
    much_later = timezone.localdate() + datetime.timedelta(days=90)
    # Each reviewer of what is late, and each coordinator of everything.
    assert reminders.send_due(much_later) == number + number * 2 * number
    assert not sent_to(own, "practices.late"), "it concerns her own authority"
    with django_assert_num_queries(10):
        assert reminders.send_due(much_later) == 0
