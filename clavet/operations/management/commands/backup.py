"""Write the whole portal into one archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clavet.operations.backups.making import make


class Command(BaseCommand):
    """``backup FILE``: all or nothing; the file appears when it is whole."""

    help = "Writes every row and every uploaded file into one archive (.tar.gz), while the portal goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where the archive goes; a file of that name is replaced")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            manifest = make(path)
        except OSError as error:
            raise CommandError(f"The archive {path} was not written: {error}") from error
        self.stdout.write(f"{path}: {sum(manifest['rows'].values())} rows and {manifest['files']} files.")
