"""What can be asked of fiches."""

from __future__ import annotations

from django.db.models import Prefetch

from clavet.publishing.models import RecordQuerySet, Translation


class FicheQuerySet(RecordQuerySet):
    """Fiches for lists and for the page."""

    def with_translations(self) -> FicheQuerySet:
        """With each record's current translations (without their texts) at ``code.current_translations``."""
        current = Translation.objects.current().defer("document")
        return self.select_related("code").prefetch_related(
            Prefetch("code__translations", queryset=current, to_attr="current_translations")
        )

    def with_rows(self) -> FicheQuerySet:
        """With indicators, sources, steps, attachments and authorities, for the page."""
        return self.prefetch_related("indicators", "sources", "steps", "attachments")
