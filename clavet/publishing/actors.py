"""Who acts: a person with an account, or the operator through a command."""

from __future__ import annotations

from typing import Any

import rules

from clavet.publishing.errors import NotAllowed


class Operator:
    """Whoever runs commands on the machine: already has the database in hand, so no predicate is asked."""

    pk = None

    def __repr__(self) -> str:
        return "<the operator>"


OPERATOR = Operator()

Actor = Any


def require(rule: str, actor: Actor, subject: Any) -> None:
    """Pass if ``actor`` may do what ``rule`` names to ``subject``; ``NotAllowed`` otherwise."""
    if actor is OPERATOR:
        return
    if not rules.test_rule(rule, actor, subject):
        raise NotAllowed(rule)


def account(actor: Actor) -> Any:
    """The account to write down for ``actor``: none for the operator."""
    return None if actor is OPERATOR else actor
