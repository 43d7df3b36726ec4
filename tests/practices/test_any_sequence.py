"""Whatever authors, reviewers and editors do, in whatever order: no state is lost, and the log explains each."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from clavet.publishing.errors import PublishingError
from clavet.publishing.models import LogEntry, Revision
from practices import cases, deciding, reviewing, transitions
from practices.models import Case, Practice
from tests import factories
from tests.practices import cases as made

State = Case.State
# In which state the revision is that a case is about.
REVISION_OF = {
    State.DRAFT: "draft",
    State.CHANGES_REQUESTED: "draft",
    State.SUBMITTED: "submitted",
    State.IN_REVIEW: "submitted",
    State.ACCEPTED: "accepted",
    State.WITHDRAWN: "withdrawn",
}


class Review(RuleBasedStateMachine):
    """One practice, from its first draft on, in the hands of everybody at once."""

    @initialize()
    def begin(self) -> None:
        where = made.authority()
        self.author, self.editor = made.author(where), factories.coordinator()
        self.reviewers = [made.reviewer() for _each in range(3)]
        self.case = made.draft(where, self.author)

    def fresh(self) -> Case:
        return Case.objects.select_related("revision").get(pk=self.case.pk)

    def tried(self, name: str, who: Any, act: Any) -> None:
        """Do it: it succeeds exactly when the table says so."""
        case = self.fresh()
        open_to_her = transitions.ACTIONS[name].is_open_to(who, case)
        try:
            act(case)
        except PublishingError:
            assert not open_to_her, f"{name} in {case.state}"
        else:
            assert open_to_her, f"{name} in {case.state}"

    @rule()
    def hand_in(self) -> None:
        self.tried("hand_in", self.author, lambda case: cases.hand_in(case, actor=self.author, declared=True))

    @rule()
    def check(self) -> None:
        self.tried("check", self.editor, lambda case: deciding.check(case, actor=self.editor))

    @rule(which=st.integers(0, 2), recommendation=st.sampled_from(["accept", "changes", "decline"]))
    def review(self, which: int, recommendation: str) -> None:
        case, who = self.fresh(), self.reviewers[which]
        if case.state != State.IN_REVIEW or case.reviews.filter(reviewer=who, released_at=None).exists():
            with pytest.raises(PublishingError):
                reviewing.assign(case, who, actor=self.editor)
            return
        made.reviewed(case, who, self.editor, recommendation)

    @rule()
    def request_changes(self) -> None:
        self.tried(
            "request_changes",
            self.editor,
            lambda case: deciding.request_changes(case, actor=self.editor, letter="Please."),
        )

    @rule()
    def accept(self) -> None:
        self.tried("accept", self.editor, lambda case: deciding.accept(case, actor=self.editor))

    @rule()
    def decline(self) -> None:
        self.tried("decline", self.editor, lambda case: deciding.decline(case, actor=self.editor, reason="No."))

    @rule()
    def reply(self) -> None:
        self.tried("reply", self.author, lambda case: cases.reply(case, actor=self.author, text="But."))

    @rule()
    def withdraw(self) -> None:
        self.tried("withdraw", self.author, lambda case: cases.withdraw(case, actor=self.author))

    @invariant()
    def the_log_explains_the_state(self) -> None:
        if not hasattr(self, "case"):
            return
        case = self.fresh()
        steps = [
            (entry.before, entry.after)
            for entry in LogEntry.objects.filter(details__case=case.pk).order_by("id")
            if entry.after
        ]
        state = str(State.DRAFT)
        for before, after in steps:
            assert before == state
            state = after
        assert state == case.state

    @invariant()
    def case_text_and_practice_fit_together(self) -> None:
        if not hasattr(self, "case"):
            return
        case = self.fresh()
        expected = REVISION_OF.get(case.state) or ("rejected" if case.is_answered else "submitted")
        assert Revision.objects.get(pk=case.revision_id).state == expected
        practice = Practice.objects.get(code_id=case.code_id)
        assert practice.version == (1 if case.state == State.ACCEPTED else 0)
        assert (practice.status == "published") == (case.state == State.ACCEPTED)


@pytest.mark.usefixtures("db")
def test_whatever_happens_no_state_is_lost_and_the_log_explains_it() -> None:
    run_state_machine_as_test(
        Review,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
