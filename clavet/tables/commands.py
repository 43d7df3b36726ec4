"""What the commands that take tables in and write them have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from clavet.languages import CODES
from clavet.publishing.actors import OPERATOR
from clavet.tables.findings import TableRefused
from clavet.tables.importing import dry_run, import_table
from clavet.tables.kinds import KINDS
from clavet.tables.writing import WRITERS, explained_xlsx

TABLES = (".csv", ".xlsx")


class ImportTable(BaseCommand):
    """``import_… FILE``: a table, all or nothing."""

    kind = ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
        parser.add_argument("--language", choices=CODES, default="en", help="the language of what is said of the file")

    def handle(self, *args: Any, **options: Any) -> None:
        self.take(options["file"], options)

    def take(self, path: Path, options: dict[str, Any]) -> None:
        """Import the table at ``path``, or say what an import would do."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        kind = KINDS[self.kind]
        with override(options["language"]):
            try:
                if options["dry_run"]:
                    plan = dry_run(kind, content, path.name)
                    if plan.findings:
                        raise TableRefused(plan.findings)
                else:
                    plan = import_table(kind, content, path.name, actor=OPERATOR)
            except TableRefused as refusal:
                raise CommandError(f"Nothing was imported.\n{refusal}") from refusal
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"{kind.name}: {plan.new} {would}new, {plan.changed} {would}changed, {plan.unchanged} as they were."
        )


class ExportTable(BaseCommand):
    """``export_… FILE``: a table, by the ending of its name."""

    kind = ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        self.give(options["file"])

    def give(self, path: Path) -> None:
        """Write everything to ``path``."""
        if path.suffix not in TABLES:
            raise CommandError(f"{path}: the name must end in {' or '.join(TABLES)}.")
        kind = KINDS[self.kind]
        table = kind.everything()
        content = explained_xlsx(table, kind) if path.suffix == ".xlsx" else WRITERS["csv"](table)
        try:
            path.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{len(table.rows)} rows exported.")
