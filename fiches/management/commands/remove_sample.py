"""Remove all sample content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from fiches import sample


class Command(BaseCommand):
    """``remove_sample``: what people wrote themselves stays."""

    help = "Removes sample fiches, partners and accounts with their history. What is not marked as sample stays."

    def handle(self, *args: Any, **options: Any) -> None:
        gone = sample.remove()
        (settings.DATA / "sample-accounts.txt").unlink(missing_ok=True)
        self.stdout.write("Removed: " + ", ".join(f"{number} {kind}" for kind, number in gone.items()) + ".")
