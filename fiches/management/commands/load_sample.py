"""Load the sample content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from fiches import sample


class Command(BaseCommand):
    """``load_sample``: idempotent; what stands is left alone."""

    help = "Loads partners, fiches and accounts to try the portal with. Run twice, it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        data = settings.PROJECT / "data"
        partners = sample.load_partners(data / "partners.json")
        fiches = sample.load_fiches(data / "fiches")
        accounts = sample.load_accounts(settings.DATA / "sample-accounts.txt")
        self.stdout.write(
            f"Sample: {partners} partners, {fiches} fiches, {len(sample.ACCOUNTS) if accounts else 0} accounts written."
        )
