"""Erasing an account, for an administrator whom the person has asked."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clavet.accounts import own_data
from clavet.accounts.models import User


class Command(BaseCommand):
    """``erase_account somebody@example.org --yes``."""

    help = "Erases an account and what belongs to it alone; published texts and logs stay without the name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address of the account")
        parser.add_argument("--yes", action="store_true", help="really do it: there is no way back")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError("There is no account of this address.")
        if not options["yes"]:
            raise CommandError("Nothing was erased. Say --yes to erase this account for good.")
        own_data.erase(user)
        self.stdout.write("The account is erased.")
