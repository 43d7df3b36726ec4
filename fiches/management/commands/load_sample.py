"""Load the sample content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from clavet.accounts.models import User
from fiches import sample
from network.sample import load_authorities, load_partners
from practices import sample as practice_sample


class Command(BaseCommand):
    """``load_sample``: idempotent; what stands is left alone."""

    help = "Loads what the portal can be tried with: records, people, cases. Run twice, it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        data = settings.PROJECT / "data"
        partners = load_partners(data / "partners.json")
        authorities = load_authorities(data / "authorities.json")
        practices = sample.load_practices(data / "practices")
        fiches = sample.load_fiches(data / "fiches")
        examples = practice_sample.read(data / "examples.json")
        accounts = sample.load_accounts(settings.DATA / "sample-accounts.txt", examples["people"])
        authorities += practice_sample.load_members(examples)
        editor = User.objects.filter(email=sample.ACCOUNTS[0][0]).first()
        cases = practice_sample.load_cases(examples, editor) if editor else 0
        adoptions = practice_sample.load_adoptions(examples, editor) if editor else 0
        written = {
            "partners": partners,
            "authorities": authorities,
            "practices": practices,
            "cases": cases,
            "adoptions": adoptions,
            "fiches": fiches,
            "accounts": accounts,
        }
        self.stdout.write("Sample: " + ", ".join(f"{number} {kind}" for kind, number in written.items()) + " written.")
