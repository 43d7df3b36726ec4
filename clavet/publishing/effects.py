"""What follows when the public gets something else of a record than before: one place for all that has to know."""

from __future__ import annotations

from clavet.publishing import facets, registry
from clavet.publishing.models import Record


def public_change(record: Record) -> None:
    """Bring everything that is derived from ``record`` to its state of now. Called in the transaction of the change."""
    facets.lay_out(record)


def rebuild_all() -> None:
    """Bring everything that is derived from records to its state of now, for all of them; after a load in bulk."""
    for model in registry.KINDS.values():
        facets.lay_out_all(model)
