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


class InCase:
    """A person who acts through a case, which has checked already that she may do so now, in its own transaction.

    Only the domain functions of cases make one: what the views and the admin pass on is the account itself.
    """

    def __init__(self, person: Any) -> None:
        self.person = person
        self.pk = None if person is OPERATOR else person.pk


class InImport(InCase):
    """A person who brings in a file that was looked through before, by another than who sent it in.

    Only ``clavet.library.importing`` makes one.
    """


Actor = Any


def require(rule: str, actor: Actor, subject: Any) -> None:
    """Pass if ``actor`` may do what ``rule`` names to ``subject``; ``NotAllowed`` otherwise."""
    if actor is OPERATOR or isinstance(actor, InCase):
        return
    if not rules.test_rule(rule, actor, subject):
        raise NotAllowed(rule)


def account(actor: Actor) -> Any:
    """The account to write down for ``actor``: none for the operator."""
    if isinstance(actor, InCase):
        actor = actor.person
    return None if actor is OPERATOR else actor
