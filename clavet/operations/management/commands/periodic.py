"""What has to be done from time to time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clavet.operations import periodic


class Command(BaseCommand):
    """``periodic``: safe to run on every node at once and as often as one likes (docs/operators.md)."""

    help = "Does what is due: sends e-mail, makes digests, erases what is past its retention period."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for outcome in periodic.run_all():
            self.stdout.write(str(outcome))
            failed += outcome.failed
        if failed:
            raise CommandError(f"{failed} of {len(periodic.JOBS)} jobs failed; the log says why.")
