"""Who may do what with records and revisions. Everything asks these names: views, admin, templates, commands.

No predicate looks at ``is_superuser``: administrators keep accounts, coordinators publish.
"""

from __future__ import annotations

from typing import Any

import rules

from clavet.accounts.roles import is_coordinator
from clavet.publishing.models import Revision


@rules.predicate
def is_author_of(user: Any, revision: Revision) -> bool:
    """Wrote this revision, or a part of it."""
    return user.pk is not None and (revision.author_id == user.pk or user.pk in revision.contributors)


# What a kind of record asks instead of the rules below, by the prefix of its codes (registered by its app): a practice
# is submitted, judged and accepted in a case, which no other way may pass by.
POLICIES: dict[str, dict[str, Any]] = {}


def of_the_kind(name: str, usual: Any) -> Any:
    """The rule that the kind of a record or revision has for ``name``, else ``usual``."""

    @rules.predicate
    def decides(user: Any, subject: Any) -> bool:
        policy = POLICIES.get(prefix_of(subject), {})
        return bool(policy.get(name, usual).test(user, subject))

    return decides


def prefix_of(subject: Any) -> str:
    """What the codes of a record, of its kind or of the record of a revision begin with."""
    if isinstance(subject, type):
        return subject.shape.prefix
    return subject.code_id[:2] if subject is not None else ""


USUAL = {
    "create_record": is_coordinator,
    "open_revision": is_coordinator,
    "read_revision": is_coordinator | is_author_of,
    "save_revision": is_coordinator,
    "submit_revision": is_coordinator,
    "return_revision": is_coordinator,
    "withdraw_revision": is_coordinator,
    # Accepted by a coordinator, another than the author (records.md, "CLAVET Fiche").
    "accept_revision": is_coordinator & ~is_author_of,
    "reject_revision": is_coordinator & ~is_author_of,
    "change_status": is_coordinator,
    "withhold_version": is_coordinator,
    "confirm_record": is_coordinator,
}
for name, usual in USUAL.items():
    rules.add_rule(f"publishing.{name}", of_the_kind(name, usual))
