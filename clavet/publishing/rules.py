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


rules.add_rule("publishing.create_record", is_coordinator)
rules.add_rule("publishing.open_revision", is_coordinator)
rules.add_rule("publishing.read_revision", is_coordinator | is_author_of)
rules.add_rule("publishing.save_revision", is_coordinator)
rules.add_rule("publishing.submit_revision", is_coordinator)
rules.add_rule("publishing.return_revision", is_coordinator)
rules.add_rule("publishing.withdraw_revision", is_coordinator)
# Accepted by a coordinator, another than the author (records.md, "CLAVET Fiche").
rules.add_rule("publishing.accept_revision", is_coordinator & ~is_author_of)
rules.add_rule("publishing.reject_revision", is_coordinator & ~is_author_of)
rules.add_rule("publishing.change_status", is_coordinator)
rules.add_rule("publishing.withhold_version", is_coordinator)
rules.add_rule("publishing.confirm_record", is_coordinator)
