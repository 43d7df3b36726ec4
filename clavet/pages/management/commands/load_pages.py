"""Load the editable pages from their data files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from clavet.pages.loading import load


class Command(BaseCommand):
    """``load_pages``: idempotent; what a coordinator has edited stays."""

    help = "Loads the words of about, help and other pages; pages edited in the admin are left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.PROJECT / "data" / "pages")

    def handle(self, *args: Any, **options: Any) -> None:
        number = load(options["folder"])
        self.stdout.write(f"Pages: {number} written." if number else "Pages: nothing new.")
