"""Load the sample content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from fiches import sample
from network.sample import load_authorities, load_partners


class Command(BaseCommand):
    """``load_sample``: idempotent; what stands is left alone."""

    help = "Loads partners, fiches and accounts to try the portal with. Run twice, it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        data = settings.PROJECT / "data"
        partners = load_partners(data / "partners.json")
        authorities = load_authorities(data / "authorities.json")
        practices = sample.load_practices(data / "practices")
        fiches = sample.load_fiches(data / "fiches")
        accounts = sample.load_accounts(settings.DATA / "sample-accounts.txt")
        written = {
            "partners": partners,
            "authorities": authorities,
            "practices": practices,
            "fiches": fiches,
            "accounts": len(sample.ACCOUNTS) if accounts else 0,
        }
        self.stdout.write("Sample: " + ", ".join(f"{number} {kind}" for kind, number in written.items()) + " written.")
