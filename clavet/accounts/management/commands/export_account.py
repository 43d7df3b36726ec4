"""A person's data in one file, for an administrator whom the person has asked."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from clavet.accounts import own_data
from clavet.accounts.models import User


class Command(BaseCommand):
    """``export_account somebody@example.org > data.json``."""

    help = "Prints everything that the portal holds about the person with this account, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address of the account")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError("There is no account of this address.")
        self.stdout.write(json.dumps(own_data.export(user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
