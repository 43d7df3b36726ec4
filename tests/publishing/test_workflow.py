"""The life of a revision, from the first save to the page."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from clavet.accounts.models import User
from clavet.publishing import documents, lifecycle, workflow
from clavet.publishing.errors import Conflict, Invalid, WrongState
from clavet.publishing.models import LogEntry, PublishingRules, Revision, Translation, Version
from fiches.models import Fiche
from tests import factories

State = Revision.State

# Every step from every state, and where it leads; None where there is no such step.
STEPS: dict[str, dict[str, str | None]] = {
    "save": {"draft": "draft", "submitted": None, "accepted": None, "rejected": None, "withdrawn": None},
    "submit": {"draft": "submitted", "submitted": None, "accepted": None, "rejected": None, "withdrawn": None},
    "return": {"draft": None, "submitted": "draft", "accepted": None, "rejected": None, "withdrawn": None},
    "accept": {"draft": None, "submitted": "accepted", "accepted": None, "rejected": None, "withdrawn": None},
    "reject": {"draft": None, "submitted": "rejected", "accepted": None, "rejected": None, "withdrawn": None},
    "withdraw": {
        "draft": "withdrawn",
        "submitted": "withdrawn",
        "accepted": None,
        "rejected": None,
        "withdrawn": None,
    },
}
ACTIONS: dict[str, Callable[[Revision, User, User], Any]] = {
    "save": lambda revision, writer, reader: workflow.save_revision(
        revision, revision.document, actor=writer, seen=revision.saved
    ),
    "submit": lambda revision, writer, reader: workflow.submit_revision(revision, actor=writer),
    "return": lambda revision, writer, reader: workflow.return_revision(revision, actor=reader, reason="Shorter"),
    "accept": lambda revision, writer, reader: workflow.accept_revision(
        revision, actor=reader, significance="medium" if revision.is_source else ""
    ),
    "reject": lambda revision, writer, reader: workflow.reject_revision(revision, actor=reader, reason="Wrong"),
    "withdraw": lambda revision, writer, reader: workflow.withdraw_revision(revision, actor=writer),
}
WAYS = {
    "draft": (),
    "submitted": ("submit",),
    "accepted": ("submit", "accept"),
    "rejected": ("submit", "reject"),
    "withdrawn": ("withdraw",),
}


def changed(language: str) -> dict[str, Any]:
    """A text that differs from the live one."""
    other = factories.document("Another bus")
    return other if language == "en" else factories.translated(other, language)


@pytest.mark.parametrize("language", ["en", "el"], ids=["source", "translation"])
@pytest.mark.parametrize(
    ("step", "state", "leads_to"),
    [(step, state, leads_to) for step, table in STEPS.items() for state, leads_to in table.items()],
)
def test_every_step_from_every_state_is_taken_or_refused(
    step: str, state: str, leads_to: str | None, language: str, fiche: Fiche, writer: User, reader: User
) -> None:
    revision = factories.draft(fiche, language, changed(language), by=writer)
    for name in WAYS[state]:
        ACTIONS[name](Revision.objects.get(pk=revision.pk), writer, reader)
    revision = Revision.objects.get(pk=revision.pk)
    assert revision.state == state
    live = Fiche.objects.values().get()
    steps_so_far = LogEntry.objects.count()

    if leads_to is None:
        with pytest.raises(WrongState):
            ACTIONS[step](revision, writer, reader)
        assert Revision.objects.get(pk=revision.pk).state == state
        assert LogEntry.objects.count() == steps_so_far
    else:
        ACTIONS[step](revision, writer, reader)
        assert Revision.objects.get(pk=revision.pk).state == leads_to

    if step != "accept" or leads_to is None:
        assert Fiche.objects.values().get() == live


def test_the_table_of_steps_names_every_state() -> None:
    for table in STEPS.values():
        assert set(table) == set(State.values)


# ---------------------------------------------------------------- opening and saving


def test_a_new_record_shows_nothing_and_has_a_code_at_once(writer: User) -> None:
    record = factories.unpublished(by=writer)
    assert record.code_id == "CF-0001"
    assert (record.status, record.version, record.title_en or "") == ("unpublished", 0, "")
    assert not Fiche.objects.visible_to(writer).exists()
    assert record.owner == writer


def test_there_is_one_open_revision_for_each_language(fiche: Fiche, writer: User, reader: User) -> None:
    first = workflow.open_revision(fiche, "el", actor=writer)
    assert workflow.open_revision(fiche, "el", actor=reader) == first
    assert workflow.open_revision(fiche, "tr", actor=reader) != first
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(
            code=fiche.code, kind="translation", language="el", state=State.SUBMITTED, saved_at=timezone.now()
        )


def test_after_a_decision_a_new_revision_is_opened(fiche: Fiche, writer: User, reader: User) -> None:
    first = factories.submitted(fiche, "el", changed("el"), by=writer)
    workflow.reject_revision(first, actor=reader, reason="Not Greek")
    assert workflow.open_revision(fiche, "el", actor=writer) != first


def test_a_draft_of_a_translation_starts_from_what_readers_have_and_from_the_version_of_now(
    fiche: Fiche, writer: User
) -> None:
    factories.renew(fiche)
    revision = workflow.open_revision(fiche, "el", actor=writer)
    assert revision.document["texts"]["title"] == "A workshop bus [el]"
    assert revision.base_version == 2


def test_a_draft_of_the_source_starts_from_what_is_live(fiche: Fiche, writer: User) -> None:
    revision = workflow.open_revision(fiche, "en", actor=writer)
    assert revision.document == Version.objects.get().document


def test_nothing_can_be_translated_before_a_source_text_is_accepted(writer: User) -> None:
    record = factories.unpublished(by=writer)
    with pytest.raises(WrongState):
        workflow.open_revision(record, "el", actor=writer)


def test_saving_with_an_old_number_is_a_conflict_and_overwrites_nothing(
    fiche: Fiche, writer: User, reader: User
) -> None:
    revision = workflow.open_revision(fiche, "el", actor=writer)
    seen = revision.saved
    workflow.save_revision(revision, {"texts": {"title": "Πρώτη"}}, actor=writer, seen=seen)
    with pytest.raises(Conflict) as conflict:
        workflow.save_revision(revision, {"texts": {"title": "Δεύτερη"}}, actor=reader, seen=seen)
    assert conflict.value.revision.document["texts"]["title"] == "Πρώτη"
    stands = Revision.objects.get(pk=revision.pk)
    assert stands.document == {"texts": {"title": "Πρώτη"}}
    assert stands.contributors == [writer.pk]


def test_an_unfinished_text_can_be_saved_and_not_submitted(fiche: Fiche, writer: User) -> None:
    revision = factories.draft(fiche, "tr", {"texts": {"title": "Yarım"}}, by=writer)
    with pytest.raises(Invalid) as invalid:
        workflow.submit_revision(revision, actor=writer)
    assert "summary" in {problem.key for problem in invalid.value.problems}
    assert Revision.objects.get(pk=revision.pk).state == State.DRAFT


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_translation_of_a_version_that_does_not_exist_is_not_saved(number: int, fiche: Fiche, writer: User) -> None:
    with pytest.raises(WrongState):
        factories.draft(fiche, "tr", changed("tr"), by=writer, base_version=number)


# ---------------------------------------------------------------- what keeps a text from being accepted


def problem_keys(record: Fiche, language: str, body: dict[str, Any], writer: User, **fields: Any) -> set[str]:
    revision = factories.draft(record, language, body, by=writer, **fields)
    with pytest.raises(Invalid) as invalid:
        workflow.submit_revision(revision, actor=writer)
    return {problem.key for problem in invalid.value.problems}


@pytest.mark.parametrize(
    "key",
    ["title", "summary", "context", "what_was_done", "results", "what_did_not_work", "lessons", "how_to_transfer"],
)
def test_a_fiche_without_a_required_text_is_not_submitted(key: str, writer: User) -> None:
    factories.vocabulary()
    record = factories.unpublished(by=writer)
    assert problem_keys(record, "en", factories.document(texts={key: " \n "}), writer) == {key}


@pytest.mark.parametrize(
    ("key", "limit"), [(spec.name, spec.limit) for spec in Fiche.shape.texts], ids=[s.name for s in Fiche.shape.texts]
)
def test_a_text_over_its_limit_is_not_submitted_and_one_at_the_limit_is(key: str, limit: int, writer: User) -> None:
    factories.vocabulary()
    record = factories.unpublished(by=writer)
    assert problem_keys(record, "en", factories.document(texts={key: "x" * (limit + 1)}), writer) == {key}
    revision = factories.draft(record, "en", factories.document(texts={key: "x" * limit}), by=writer)
    assert workflow.submit_revision(revision, actor=writer).state == State.SUBMITTED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "poem"),
        ("kind", ""),
        ("topics", []),
        ("topics", ["unknown"]),
        ("topics", ["vet", "apprenticeships", "company-apprenticeships", "schools", "early-leaving", "guidance"]),
        ("topics", "vet"),
        ("phases", []),
        ("phases", ["dreaming"]),
        ("sectors", []),
        ("target_groups", []),
        ("governance_level", "galactic"),
        ("countries", ["XX"]),
        ("licence", "all rights reserved"),
        ("compiled_on", "yesterday"),
        ("review_months", 0),
        ("review_months", 121),
        ("authorities", ["AU-9999"]),
        ("related", ["nonsense"]),
        ("invented", "field"),
    ],
)
def test_an_impossible_value_is_refused_under_its_field(field: str, value: Any, writer: User) -> None:
    factories.vocabulary()
    record = factories.unpublished(by=writer)
    assert problem_keys(record, "en", factories.document(**{field: value}), writer) == {field}


@pytest.mark.parametrize("value", ["nothing", "Nothing.", " N/A ", "Τίποτα", "Ništa!", "hiçbir şey", "—"])
def test_nothing_is_no_answer_to_what_did_not_work(value: str, writer: User) -> None:
    factories.vocabulary()
    record = factories.unpublished(by=writer)
    body = factories.document(texts={"what_did_not_work": value})
    assert problem_keys(record, "en", body, writer) == {"what_did_not_work"}


def test_a_fiche_names_at_least_one_source(writer: User) -> None:
    factories.vocabulary()
    record = factories.unpublished(by=writer)
    assert problem_keys(record, "en", factories.document(sources=[]), writer) == {"sources"}


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "ftp://example.org/x", "https://user:secret@example.org/", "example.org", "https://"],
)
def test_a_source_does_not_link_anywhere_but_to_the_web(link: str, writer: User) -> None:
    factories.vocabulary()
    record = factories.unpublished(by=writer)
    body = factories.document(sources=[factories.source("s1", link=link)])
    assert problem_keys(record, "en", body, writer) == {"source.s1.link"}


def test_a_policy_tool_needs_steps_time_people_and_a_file_that_can_be_edited(writer: User) -> None:
    factories.vocabulary()
    record = factories.unpublished(by=writer)
    body = factories.document(kind="policy_tool")
    found = problem_keys(record, "en", body, writer)
    assert found == {"time_needed", "who_takes_part", "steps", "attachments"}


def test_a_picture_needs_a_text_that_says_what_it_shows(writer: User) -> None:
    factories.vocabulary()
    record = factories.unpublished(by=writer)
    body = factories.document(
        attachments=[factories.attachment("a1", factories.png(), "bus.png")], texts={"attachment.a1.title": "The bus"}
    )
    assert problem_keys(record, "en", body, writer) == {"attachment.a1.alternative_text"}


def test_an_indicator_is_a_plain_number(writer: User) -> None:
    factories.vocabulary()
    record = factories.unpublished(by=writer)
    body = factories.document(
        indicators=[factories.indicator("i1", after="about a dozen")], texts={"indicator.i1.name": "Places"}
    )
    assert problem_keys(record, "en", body, writer) == {"indicator.i1.after"}


def test_two_rows_do_not_share_an_id(writer: User) -> None:
    factories.vocabulary()
    record = factories.unpublished(by=writer)
    body = factories.document(sources=[factories.source("s1"), factories.source("s1")])
    assert problem_keys(record, "en", body, writer) == {"sources"}


def test_a_translation_needs_what_its_source_has_and_no_more(fiche: Fiche, writer: User) -> None:
    body = factories.translated(factories.document(), "tr")
    del body["texts"]["lessons"]
    assert problem_keys(fiche, "tr", body, writer) == {"lessons"}
    body["texts"]["lessons"] = "Okullara sorun."
    revision = factories.draft(fiche, "tr", body, by=writer)
    assert workflow.submit_revision(revision, actor=writer).state == State.SUBMITTED


def test_a_summary_translation_needs_title_and_summary_alone(fiche: Fiche, writer: User) -> None:
    assert problem_keys(fiche, "tr", {"texts": {"title": "Otobüs"}}, writer, part="summary") == {"summary"}


def test_control_characters_do_not_get_into_a_text(fiche: Fiche, writer: User) -> None:
    body = factories.translated(factories.document(), "tr")
    body["texts"]["title"] = "Otobüs\u0001"
    assert problem_keys(fiche, "tr", body, writer) == {"title"}


# ---------------------------------------------------------------- accepting


def test_accepting_the_first_text_publishes_the_record_as_version_1(writer: User, reader: User) -> None:
    factories.vocabulary()
    record = factories.unpublished(by=writer)
    now = timezone.now()
    record = factories.accepted(record, "en", factories.document(), by=writer, accepted_by=reader, now=now)
    assert (record.status, record.version, record.published_at, record.changed_at) == ("published", 1, now, now)
    assert record.title_en == "A workshop bus"
    version = Version.objects.get()
    assert (version.number, version.accepted_by, version.document["texts"]["title"]) == (1, reader, "A workshop bus")
    assert record.review_by == workflow.add_months(now.date(), 24)


def test_a_change_needs_a_significance(fiche: Fiche, writer: User, reader: User) -> None:
    revision = factories.submitted(fiche, "en", factories.document("Changed"), by=writer)
    for significance in ("", "huge"):
        with pytest.raises(WrongState):
            workflow.accept_revision(revision, actor=reader, significance=significance)
    record = Fiche.objects.get()
    assert (record.version, record.title_en) == (1, "A workshop bus")
    assert Revision.objects.get(pk=revision.pk).state == State.SUBMITTED


def test_an_editorial_change_leaves_the_day_of_review_alone(fiche: Fiche) -> None:
    Fiche.objects.update(review_by=datetime.date(2027, 1, 1))
    assert factories.renew(fiche, "editorial").review_by == datetime.date(2027, 1, 1)
    assert factories.renew(fiche, "medium").review_by > datetime.date(2027, 1, 1)


def test_a_fiche_may_set_when_its_facts_want_confirming(db: None) -> None:
    now = timezone.now()
    record = factories.fiche(review_months=6, now=now)
    assert record.review_by == workflow.add_months(now.date(), 6)


def test_coordinators_set_when_facts_want_confirming(db: None) -> None:
    PublishingRules.objects.create(review_months=12)
    now = timezone.now()
    assert factories.fiche(now=now).review_by == workflow.add_months(now.date(), 12)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2028, 1, 31), 1, (2028, 2, 29)),
        ((2026, 11, 30), 3, (2027, 2, 28)),
        ((2026, 12, 15), 24, (2028, 12, 15)),
        ((2026, 5, 31), 18, (2027, 11, 30)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last_of_a_shorter_month(
    day: tuple[int, int, int], months: int, expected: tuple[int, int, int]
) -> None:
    assert workflow.add_months(datetime.date(*day), months) == datetime.date(*expected)


def test_a_version_is_never_edited(fiche: Fiche) -> None:
    version = Version.objects.get()
    version.document = {"texts": {"title": "Rewritten"}}
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.save(update_fields=["document", "withheld"])


def test_the_log_is_neither_edited_nor_shortened(fiche: Fiche) -> None:
    entry = LogEntry.objects.first()
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


def test_the_log_tells_who_did_what_and_why(fiche: Fiche, writer: User, reader: User) -> None:
    before = LogEntry.objects.count()
    revision = factories.submitted(fiche, "tr", changed("tr"), by=writer)
    workflow.return_revision(revision, actor=reader, reason="Which bus?")
    workflow.submit_revision(revision, actor=writer)
    workflow.accept_revision(revision, actor=reader)
    told = LogEntry.objects.values_list("action", "before", "after", "language", "actor", "reason")[before:]
    assert list(told) == [
        ("opened", "", "draft", "tr", writer.pk, ""),
        ("submitted", "draft", "submitted", "tr", writer.pk, ""),
        ("returned", "submitted", "draft", "tr", reader.pk, "Which bus?"),
        ("submitted", "draft", "submitted", "tr", writer.pk, ""),
        ("accepted", "submitted", "accepted", "tr", reader.pk, ""),
    ]


def test_a_translation_of_an_older_version_never_replaces_one_of_a_later(fiche: Fiche, writer: User) -> None:
    factories.renew(fiche)
    factories.translate(fiche, "el", version=2)
    revision = factories.submitted(fiche, "el", changed("el"), by=writer, base_version=1)
    with pytest.raises(WrongState):
        workflow.accept_revision(revision, actor=factories.coordinator())
    assert Translation.objects.current().get(language="el").version_number == 2


def test_a_correction_of_a_translation_replaces_it_and_the_earlier_text_stays_in_its_revision(fiche: Fiche) -> None:
    corrected = factories.translated(factories.document(), "el")
    corrected["texts"]["title"] = "Λεωφορείο"
    record = factories.translate(fiche, "el", text=corrected)
    assert record.title_el == "Λεωφορείο"
    assert Translation.objects.filter(language="el").count() == 1
    earlier = Revision.objects.filter(language="el", state=State.ACCEPTED).order_by("pk").first()
    assert earlier.document["texts"]["title"] == "A workshop bus [el]"


def test_a_translation_of_each_version_stays_readable_with_its_version(fiche: Fiche) -> None:
    factories.renew(fiche)
    factories.translate(fiche, "el", version=2)
    first, second = Translation.objects.filter(language="el").order_by("version_number")
    assert (first.document["texts"]["title"], first.is_current) == ("A workshop bus [el]", False)
    assert (second.document["texts"]["title"], second.is_current) == ("A workshop bus, version 2 [el]", True)


def test_a_row_that_comes_back_brings_its_translations_along(db: None) -> None:
    texts = {"indicator.i1.name": "Places"}
    record = factories.fiche(indicators=[factories.indicator("i1")], texts=texts, translations=("el",))
    record = factories.renew(record, "editorial")
    assert not record.indicators.exists()
    record = factories.renew(record, "editorial", indicators=[factories.indicator("i1")], texts=texts)
    assert record.indicators.get().name_el == "Places [el]"


def test_rows_keep_their_place_and_their_id_when_others_come_before_them(db: None) -> None:
    record = factories.fiche(sources=[factories.source("s1", title="First")])
    row = record.sources.get()
    record = factories.renew(
        record, sources=[factories.source("s2", title="Second"), factories.source("s1", title="First")]
    )
    assert [item.stable_id for item in record.sources.all()] == ["s2", "s1"]
    assert record.sources.get(stable_id="s1").pk == row.pk


def test_a_source_text_based_on_an_older_version_is_not_accepted(fiche: Fiche, writer: User, reader: User) -> None:
    revision = factories.submitted(fiche, "en", changed("en"), by=writer)
    Revision.objects.filter(pk=revision.pk).update(base_version=0)
    with pytest.raises(WrongState):
        workflow.accept_revision(revision, actor=reader, significance="major")
    assert Fiche.objects.get().version == 1


def test_a_text_that_was_complete_and_is_no_longer_is_not_accepted(fiche: Fiche, writer: User, reader: User) -> None:
    revision = factories.submitted(fiche, "en", changed("en"), by=writer)
    body = {**revision.document, "neutral": {**revision.document["neutral"], "topics": ["gone"]}}
    Revision.objects.filter(pk=revision.pk).update(document=body)
    with pytest.raises(Invalid):
        workflow.accept_revision(revision, actor=reader, significance="major")
    assert Fiche.objects.get().title_en == "A workshop bus"


def test_nothing_more_is_accepted_for_a_record_that_was_withdrawn(fiche: Fiche, writer: User, reader: User) -> None:
    revision = factories.submitted(fiche, "tr", changed("tr"), by=writer)
    lifecycle.withdraw_record(fiche, actor=writer, reason="Rights")
    with pytest.raises(WrongState):
        workflow.accept_revision(revision, actor=reader)
    with pytest.raises(WrongState):
        workflow.open_revision(fiche, "it", actor=writer)


def test_what_is_live_is_read_back_as_the_document_that_was_accepted(fiche: Fiche) -> None:
    assert documents.source_document(fiche) == Version.objects.get().document
    assert documents.translation_document(fiche, "el") == Translation.objects.get().document
