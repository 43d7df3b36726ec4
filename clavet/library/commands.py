"""What the commands that take records in and write them have in common: JSON Lines, or a table."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from clavet.library import interchange
from clavet.library.importing import ImportRefused, import_lines
from clavet.publishing.models import Record
from clavet.tables.commands import TABLES, ExportTable, ImportTable


class ImportRecords(ImportTable):
    """``import_… FILE``: all or nothing. A name that ends in ``.csv`` or ``.xlsx`` is that of a table."""

    model: type[Record]

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--lenient", action="store_true", help="fields that a form requires may be missing")
        parser.add_argument("--files", type=Path, help="where attachments lie by their sha256 (default: FILE.files)")

    def take(self, path: Path, options: dict[str, Any]) -> None:
        """Import a table as all of them; otherwise the lines of the file."""
        if path.suffix in TABLES:
            super().take(path, options)
            return
        if options["dry_run"]:
            raise CommandError("--dry-run is for tables.")
        folder = options["files"] or path.with_name(path.name + ".files")
        try:
            with path.open(encoding="utf-8") as stream:
                number = import_lines(self.model, stream, lenient=options["lenient"], folder=folder)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{path} is not UTF-8: {error}.") from error
        except ImportRefused as refusal:
            raise CommandError(f"Nothing was imported.\n{refusal}") from refusal
        self.stdout.write(f"{number} {self.kind} imported.")


class ExportRecords(ExportTable):
    """``export_… FILE``: everything that the public may read; JSON Lines with attachments beside it, or a table."""

    model: type[Record]

    def give(self, path: Path) -> None:
        """Write a table as all of them; otherwise the lines of the file."""
        if path.suffix in TABLES:
            super().give(path)
            return
        entries = list(interchange.export_entries(self.model))
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
        self.stdout.write(f"{len(entries)} {self.kind} exported.")
