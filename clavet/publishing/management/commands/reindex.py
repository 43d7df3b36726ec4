"""Build the search index anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from clavet.publishing import effects


class Command(BaseCommand):
    """``reindex``: beside the running portal; readers change over to the new index at once when it is whole."""

    help = "Builds the search index and the facets of lists anew from the records, beside the running portal."

    def handle(self, *args: Any, **options: Any) -> None:
        report = effects.rebuild_all()
        self.stdout.write(
            f"Index: {report.records} records in {report.entries} entries, "
            f"{report.bytes / 1_000_000:.1f} MB, built in {report.seconds:.1f} seconds."
        )
