"""Import fiches from a JSON Lines file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clavet.library.importing import ImportRefused, import_lines
from fiches.models import Fiche


class Command(BaseCommand):
    """``import_fiches FILE``: all or nothing."""

    help = "Imports fiches from a JSON Lines file (docs/interchange.md). One error, and nothing is imported."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--lenient", action="store_true", help="fields that a form requires may be missing")
        parser.add_argument("--files", type=Path, help="where attachments lie by their sha256 (default: FILE.files)")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        folder = options["files"] or path.with_name(path.name + ".files")
        try:
            with path.open(encoding="utf-8") as stream:
                number = import_lines(Fiche, stream, lenient=options["lenient"], folder=folder)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{path} is not UTF-8: {error}.") from error
        except ImportRefused as refusal:
            raise CommandError(f"Nothing was imported.\n{refusal}") from refusal
        self.stdout.write(f"{number} fiches imported.")
