"""What can be asked of practices."""

from __future__ import annotations

from clavet.publishing.models import RecordQuerySet


class PracticeQuerySet(RecordQuerySet):
    """Practices for lists and for the page."""

    def with_rows(self) -> PracticeQuerySet:
        """With partners, indicators, sources and attachments, for the page."""
        return self.prefetch_related("partners", "indicators", "sources", "attachments")
