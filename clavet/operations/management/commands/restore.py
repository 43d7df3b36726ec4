"""Put an archive that `backup` wrote in the place of this portal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clavet.operations.backups.restoring import RestoreRefused, restore


class Command(BaseCommand):
    """``restore FILE``: all or nothing; refuses a portal that is not empty unless told to replace it."""

    help = "Restores an archive of `backup`, on SQLite or PostgreSQL, whichever it was made on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="delete what this portal holds now")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore(options["file"], replace=options["replace"])
        except (RestoreRefused, OSError) as refusal:
            raise CommandError(f"Nothing was restored. {refusal}") from refusal
        rows = sum(manifest["rows"].values())
        self.stdout.write(
            f"Restored {rows} rows and {manifest['files']} files of {manifest['made_at']}. "
            "Restart the portal where it is running."
        )
