"""Whatever people do, in whatever order: what is live, what is outdated and what the log says always fit together."""

from __future__ import annotations

import copy
import datetime
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from clavet.publishing import documents, freshness, lifecycle, workflow
from clavet.publishing.errors import WrongState
from clavet.publishing.models import LogEntry, PublishingRules, Revision, Translation, Version
from fiches.models import Fiche
from tests import factories

SOURCE = "en"
LANGUAGES = (SOURCE, "el", "tr")
SIGNIFICANCES = ("editorial", "medium", "major")
GRACE_DAYS = 30

languages = st.sampled_from(LANGUAGES)
words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)
rows = st.lists(st.sampled_from(["i1", "i2", "i3"]), unique=True, max_size=3)


@dataclass
class Expected:
    """What ought to be so, kept without a look at the code."""

    versions: list[dict[str, Any]] = field(default_factory=list)
    translations: dict[str, dict[str, Any]] = field(default_factory=dict)
    proposals: dict[str, dict[str, Any]] = field(default_factory=dict)


class Desk(RuleBasedStateMachine):
    """Two coordinators at work on one fiche."""

    @initialize()
    def begin(self) -> None:
        factories.vocabulary()
        PublishingRules.objects.all().delete()
        self.writer, self.reader = factories.coordinator(), factories.coordinator()
        self.record = factories.unpublished(by=self.writer)
        self.now = timezone.now() - datetime.timedelta(days=2000)
        self.grace = GRACE_DAYS
        self.expected = Expected()

    # ------------------------------------------------------------ what people do

    @rule(language=languages, word=words, indicators=rows, summary_only=st.booleans(), older=st.integers(0, 2))
    def write(self, language: str, word: str, indicators: list[str], summary_only: bool, older: int) -> None:
        if not self.expected.versions and language != SOURCE:
            with pytest.raises(WrongState):
                workflow.open_revision(self.fresh(), language, actor=self.writer)
            return
        if language == SOURCE:
            body, about = self.source_text(word, indicators), {}
        else:
            base = max(1, len(self.expected.versions) - older)
            body = factories.translated(self.expected.versions[base - 1]["document"], language)
            body["texts"]["title"] = f"{word} [{language}]"
            about = {"part": "summary" if summary_only else "full", "base_version": base}
        revision = workflow.open_revision(self.fresh(), language, actor=self.writer)
        if revision.state != Revision.State.DRAFT:
            with pytest.raises(WrongState):
                workflow.save_revision(revision, body, actor=self.writer, seen=revision.saved, **about)
            return
        workflow.save_revision(revision, copy.deepcopy(body), actor=self.writer, seen=revision.saved, **about)
        self.expected.proposals[language] = {"pk": revision.pk, "document": body, **about}

    @rule(language=languages)
    def submit(self, language: str) -> None:
        self.attempt(language, Revision.State.DRAFT, lambda found: workflow.submit_revision(found, actor=self.writer))

    @rule(language=languages)
    def send_back(self, language: str) -> None:
        self.attempt(
            language, Revision.State.SUBMITTED, lambda found: workflow.return_revision(found, actor=self.reader)
        )

    @rule(language=languages)
    def reject(self, language: str) -> None:
        self.attempt(
            language,
            Revision.State.SUBMITTED,
            lambda found: workflow.reject_revision(found, actor=self.reader, reason="No"),
            forget=True,
        )

    @rule(language=languages)
    def give_up(self, language: str) -> None:
        found = self.proposal(language)
        if found is not None:
            workflow.withdraw_revision(found, actor=self.writer)
            del self.expected.proposals[language]

    @rule(language=languages, significance=st.sampled_from(SIGNIFICANCES), days=st.integers(0, 40))
    def accept(self, language: str, significance: str, days: int) -> None:
        found = self.proposal(language)
        if found is None:
            return
        self.now += datetime.timedelta(days=days)
        current = self.expected.translations.get(language)
        proposed = self.expected.proposals[language]
        too_old = language != SOURCE and current is not None and proposed["base_version"] < current["base_version"]
        if found.state != Revision.State.SUBMITTED or too_old:
            with pytest.raises(WrongState):
                workflow.accept_revision(found, actor=self.reader, significance=significance, now=self.now)
            return
        workflow.accept_revision(found, actor=self.reader, significance=significance, now=self.now)
        del self.expected.proposals[language]
        if language == SOURCE:
            self.expected.versions.append(
                {"document": proposed["document"], "significance": significance, "at": self.now}
            )
        else:
            self.expected.translations[language] = proposed

    @rule(days=st.integers(0, 90))
    def change_the_days_of_grace(self, days: int) -> None:
        PublishingRules.objects.update_or_create(pk=1, defaults={"grace_days": days})
        freshness.refresh_all()
        self.grace = days

    @precondition(lambda self: self.expected.versions)
    @rule()
    def archive_or_restore(self) -> None:
        record = self.fresh()
        change = lifecycle.archive_record if record.status == "published" else lifecycle.restore_record
        change(record, actor=self.reader)

    # ------------------------------------------------------------ what always holds

    @invariant()
    def the_live_text_is_the_last_one_accepted(self) -> None:
        record = self.fresh()
        assert record.version == len(self.expected.versions)
        if not self.expected.versions:
            assert record.status == "unpublished"
            assert not record.title_en
            return
        live = documents.source_document(record)
        wanted = self.expected.versions[-1]["document"]
        assert live["texts"] == wanted["texts"]
        assert {name: live["neutral"][name] for name in wanted["neutral"]} == wanted["neutral"]
        assert live["children"] == wanted["children"]
        assert (record.source_title, record.source_summary) == (wanted["texts"]["title"], wanted["texts"]["summary"])

    @invariant()
    def every_translation_reads_as_it_was_accepted(self) -> None:
        record = self.fresh()
        rows_now = self.rows_of(len(self.expected.versions)) if self.expected.versions else set()
        for language in set(LANGUAGES) - {SOURCE}:
            accepted = self.expected.translations.get(language)
            live = documents.translation_document(record, language)["texts"]
            if accepted is None:
                assert live == {}
                continue
            texts = accepted["document"]["texts"]
            if accepted["part"] == "summary":
                texts = {key: texts[key] for key in ("title", "summary")}
            assert Translation.objects.current().get(code=record.code, language=language).document["texts"] == texts
            assert live == {
                key: text for key, text in texts.items() if not key.startswith("indicator.") or key[10:12] in rows_now
            }

    @invariant()
    def outdated_follows_from_versions_significance_and_the_clock(self) -> None:
        for language, accepted in self.expected.translations.items():
            translation = Translation.objects.current().get(code_id=self.record.code_id, language=language)
            for days in (0, 1, 29, 31, 365):
                moment = self.now + datetime.timedelta(days=days)
                assert freshness.state_of(translation, moment) == self.state_at(accepted, moment)

    @invariant()
    def every_version_reads_as_it_was_when_accepted(self) -> None:
        kept = Version.objects.filter(code_id=self.record.code_id).order_by("number")
        assert [version.number for version in kept] == list(range(1, len(self.expected.versions) + 1))
        for version, wanted in zip(kept, self.expected.versions, strict=True):
            assert version.document["texts"] == wanted["document"]["texts"]
            assert version.document["children"] == wanted["document"]["children"]
            assert (version.significance, version.accepted_at) == (wanted["significance"], wanted["at"])

    @invariant()
    def the_log_explains_the_state(self) -> None:
        state: dict[int, str] = {}
        status = "unpublished"
        accepted = 0
        for entry in LogEntry.objects.filter(code_id=self.record.code_id).order_by("id"):
            if entry.revision_id is None:
                status = entry.after or status
                continue
            assert entry.before == state.get(entry.revision_id, "")
            state[entry.revision_id] = entry.after
            if entry.action == "accepted" and entry.language == SOURCE:
                accepted += 1
                assert entry.details == {"version": accepted}
                status = "published" if accepted == 1 else status
        assert state == dict(Revision.objects.filter(code_id=self.record.code_id).values_list("pk", "state"))
        assert accepted == self.fresh().version
        assert status == self.fresh().status

    @invariant()
    def lists_find_it_in_just_the_languages_that_it_is_published_in(self) -> None:
        record = self.fresh()
        full = {language for language, text in self.expected.translations.items() if text["part"] == "full"}
        wanted = {SOURCE} | full if record.status == "published" else set()
        assert factories.facets_of(record).get("language", set()) == wanted

    # ------------------------------------------------------------ helpers

    def fresh(self) -> Fiche:
        return Fiche.objects.get(pk=self.record.pk)

    def proposal(self, language: str) -> Revision | None:
        found = self.expected.proposals.get(language)
        return Revision.objects.get(pk=found["pk"]) if found else None

    def attempt(self, language: str, needed: str, action: Any, *, forget: bool = False) -> None:
        found = self.proposal(language)
        if found is None:
            return
        if found.state != needed:
            with pytest.raises(WrongState):
                action(found)
            return
        action(found)
        if forget:
            del self.expected.proposals[language]

    def source_text(self, word: str, indicators: list[str]) -> dict[str, Any]:
        texts = {f"indicator.{key}.name": f"{word} {key}" for key in indicators}
        entries = [factories.indicator(key) for key in indicators]
        return factories.document(word, texts=texts, indicators=entries)

    def rows_of(self, number: int) -> set[str]:
        return {row["id"] for row in self.expected.versions[number - 1]["document"]["children"]["indicators"]}

    def state_at(self, accepted: dict[str, Any], moment: datetime.datetime) -> str:
        if accepted["part"] == "summary":
            return "summary"
        for version in self.expected.versions[accepted["base_version"] :]:
            if version["significance"] == "major" and version["at"] <= moment:
                return "outdated"
            if version["significance"] == "medium" and version["at"] + datetime.timedelta(days=self.grace) <= moment:
                return "outdated"
        return "published"


@pytest.mark.django_db
def test_whatever_people_do_the_live_text_the_versions_and_the_log_agree() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
