"""Look through the public content for what wants mending."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from clavet.library.checking import remarks


class Command(BaseCommand):
    """``check_content``: links, missing alternative texts, incomplete translations, facts to confirm."""

    help = "Lists dead ends, pictures without alternative text, incomplete translations and facts to be confirmed."

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        for number, remark in enumerate(remarks(), start=1):  # noqa: B007
            self.stdout.write(str(remark))
        self.stdout.write(f"{number} remarks." if number else "Nothing to remark.")
