"""Export fiches to a JSON Lines file."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clavet.library import interchange
from fiches.models import Fiche


class Command(BaseCommand):
    """``export_fiches FILE``: everything that the public may read, with attachments beside it."""

    help = "Exports all public fiches to a JSON Lines file (docs/interchange.md), attachments into FILE.files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        entries = list(interchange.export_entries(Fiche))
        try:
            with path.open("w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(interchange.dump(entry) for entry in entries)
            digests = interchange.named_digests(entries)
            folder = path.with_name(path.name + ".files")
            if digests:
                folder.mkdir(exist_ok=True)
            for stored in interchange.stored_files(digests):
                with stored.content.open("rb") as source, (folder / stored.pk).open("wb") as target:
                    shutil.copyfileobj(source, target)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{len(entries)} fiches exported.")
