"""What can be done with a case, by whom and from which state, as a table: pages offer only what it allows, and tests
hold the domain functions against it whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import rules
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.models import Case
from practices.rubric import missing_reviews

State = Case.State


@dataclass(frozen=True)
class Action:
    """One thing that can be done: under which rule, from which states, to which state it leads (empty: it stays)."""

    name: str
    label: Promise
    rule: str
    sources: tuple[str, ...]
    target: str = ""
    # What else has to hold of the case.
    when: Callable[[Case], bool] = lambda case: True

    def is_open_to(self, user: Any, case: Case) -> bool:
        """Whether ``user`` can do it to ``case`` now."""
        return case.state in self.sources and rules.test_rule(self.rule, user, case) and self.when(case)


ACTIONS = {
    action.name: action
    for action in (
        Action("save", _("Write"), "practices.write", Case.WRITABLE),
        Action("hand_in", _("Submit"), "practices.submit", Case.WRITABLE, State.SUBMITTED),
        Action("withdraw", _("Give up"), "practices.withdraw", Case.UNDECIDED, State.WITHDRAWN),
        Action(
            "reply",
            _("Answer the decline"),
            "practices.reply",
            (State.DECLINED,),
            State.IN_REVIEW,
            when=lambda case: not case.is_answered,
        ),
        Action("check", _("Complete: to the reviewers"), "practices.check", (State.SUBMITTED,), State.IN_REVIEW),
        Action("assign", _("Ask a reviewer"), "practices.assign", (State.IN_REVIEW,)),
        Action(
            "request_changes",
            _("Ask for changes"),
            "practices.request_changes",
            (State.SUBMITTED, State.IN_REVIEW),
            State.CHANGES_REQUESTED,
        ),
        Action(
            "accept",
            _("Publish"),
            "practices.accept",
            (State.IN_REVIEW,),
            State.ACCEPTED,
            when=lambda case: not missing_reviews(case),
        ),
        Action(
            "wave_through",
            _("Publish without review"),
            "practices.wave_through",
            (State.SUBMITTED,),
            State.ACCEPTED,
            when=lambda case: case.practice.version > 0,
        ),
        Action("decline", _("Decline"), "practices.decline", (State.SUBMITTED, State.IN_REVIEW), State.DECLINED),
    )
}


def open_to(user: Any, case: Case) -> list[Action]:
    """What ``user`` can do to ``case`` now."""
    return [action for action in ACTIONS.values() if action.is_open_to(user, case)]
