"""What follows when the public gets something else of a record than before: one place for all that has to know."""

from __future__ import annotations

from clavet.publishing import facets
from clavet.publishing.models import Record


def public_change(record: Record) -> None:
    """Bring everything that is derived from ``record`` to its state of now. Called in the transaction of the change."""
    facets.lay_out(record)
