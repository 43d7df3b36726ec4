"""Every e-mail in every language, as files to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clavet.languages import CODES
from clavet.mail import registry
from clavet.mail.building import built
from clavet.mail.previewing import preview


class Command(BaseCommand):
    """``preview_mail [--language el] FOLDER``: ``el/contact.arrived.txt``, ``.html`` and ``.eml``."""

    help = "Writes every e-mail of the portal, filled with examples, in nine languages (or one) into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--language", choices=CODES, help="this language only")

    def handle(self, *args: Any, **options: Any) -> None:
        languages = [options["language"]] if options["language"] else CODES
        try:
            for language in languages:
                self.write_all(options["folder"] / language, language)
        except OSError as error:
            raise CommandError(f"The previews were not written: {error}") from error
        self.stdout.write(f"{len(registry.MESSAGES)} e-mails in {len(languages)} languages: {options['folder']}")

    def write_all(self, folder: Path, language: str) -> None:
        """The e-mails of one language."""
        folder.mkdir(parents=True, exist_ok=True)
        for message in registry.MESSAGES.values():
            email = preview(message, language)
            (folder / f"{message.name}.txt").write_text(f"{email.subject}\n\n{email.text}", encoding="utf-8")
            (folder / f"{message.name}.html").write_text(email.html, encoding="utf-8")
            (folder / f"{message.name}.eml").write_bytes(built(email).message().as_bytes())
