"""What the authenticator app of a sample account would show."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clavet.accounts import second_factor
from clavet.accounts.models import User


class Command(BaseCommand):
    """``sample_code coordinator@example.org``: works for sample accounts only."""

    help = "Prints the code of the moment of a sample account's second factor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address of a sample account")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower(), is_sample=True).first()
        if user is None:
            raise CommandError("There is no sample account of this address.")
        try:
            self.stdout.write(second_factor.code_of_now(user))
        except ValueError as error:
            raise CommandError(str(error)) from error
