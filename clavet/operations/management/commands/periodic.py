"""What has to be done from time to time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from clavet.accounts.throttle import forget_failures
from clavet.contact.receiving import forget_old
from clavet.operations.sessions import forget_expired


class Command(BaseCommand):
    """``periodic``: safe to run on every node at once and as often as one likes (docs/operators.md)."""

    help = "Erases messages past their retention period, expired sessions and old failed log-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        erased = forget_old(), forget_expired(), forget_failures()
        self.stdout.write("{} messages, {} sessions and {} failed log-ins erased.".format(*erased))
