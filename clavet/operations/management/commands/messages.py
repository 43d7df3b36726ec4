"""Collect the strings of the interface into the nine catalogues, or check that they are complete."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from clavet.languages import CODES
from clavet.operations import catalogues, extraction
from clavet.operations.catalogue_checks import problems


class Command(BaseCommand):
    """``messages``: updates the catalogues; with ``--check`` changes nothing and fails where something is missing."""

    help = "Collects the strings of the interface into locale/*/LC_MESSAGES/django.po, without gettext."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail where a catalogue is not complete"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            found = problems(settings.PROJECT)
            if found:
                raise CommandError("\n".join([*found, f"{len(found)} problems in the catalogues."]))
            self.stdout.write("The catalogues are complete.")
            return
        changed = extraction.update_all(settings.PROJECT)
        for code in CODES:
            catalog = catalogues.read(catalogues.path_of(settings.PROJECT / "locale", code), code)
            empty = sum(not all(extraction.as_tuple(message.string)) for message in catalog if message.id)
            self.stdout.write(f"{code}: {len(catalog)} strings, {empty} to translate{', changed' * (code in changed)}")
