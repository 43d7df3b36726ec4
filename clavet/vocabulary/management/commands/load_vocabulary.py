"""Load the controlled vocabulary from its data file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from clavet.vocabulary.loading import VocabularyRefused, load


class Command(BaseCommand):
    """``load_vocabulary``: idempotent; refuses a file that breaks a rule."""

    help = "Loads the vocabulary from data/vocabulary.json; a file that was loaded before is skipped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=settings.PROJECT / "data" / "vocabulary.json")
        parser.add_argument("--again", action="store_true", help="load the file even if it was loaded before")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            number = load(options["file"], again=options["again"])
        except FileNotFoundError as error:
            raise CommandError(f"There is no file {options['file']}.") from error
        except VocabularyRefused as refusal:
            raise CommandError(f"The vocabulary was not loaded:\n{refusal}") from refusal
        self.stdout.write(f"Vocabulary: {number} concepts written." if number else "Vocabulary: nothing new.")
