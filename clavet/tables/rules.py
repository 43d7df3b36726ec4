"""Who may bring tables in. Nothing here looks at ``is_superuser``."""

from __future__ import annotations

from typing import Any

import rules

from clavet.accounts.roles import is_coordinator
from clavet.tables.kinds import KINDS
from clavet.tables.models import Upload


@rules.predicate
def is_free_to_confirm(user: Any, upload: Upload) -> bool:
    """Is another than who sent it in, where that takes two."""
    kind = KINDS.get(upload.kind)
    return kind is not None and not (kind.by_two and upload.uploaded_by_id == user.pk)


rules.add_rule("tables.send", is_coordinator)
rules.add_rule("tables.read", is_coordinator)
# Records that come in as tables are published at once: by another coordinator, as when a revision is accepted.
rules.add_rule("tables.confirm", is_coordinator & is_free_to_confirm)
