"""Processes of a running portal on the database of the test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

# A digest is due at any hour, because the processes have the real clock.
PERIODIC = """
import sys, django
django.setup()
from django.conf import settings
from django.core.management import call_command
from clavet.mail import digests
digests.HOUR = 0
settings.EMAIL_BACKEND = sys.argv[1]
call_command("periodic")
"""
FOLDER = "clavet.mail.backends.FolderBackend"


def environ(data: Path) -> dict[str, str]:
    """The environment of a portal with its folder of data at ``data`` and our database."""
    data.mkdir(exist_ok=True)
    found = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "MAIL_URL")}
    found |= {"CLAVET_DATA": str(data), "DJANGO_SETTINGS_MODULE": "clavet.settings.run", "SECRET_KEY": "only-for-tests"}
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "postgresql":
        address, question, rest = os.environ["DATABASE_URL"].partition("?")
        found["DATABASE_URL"] = f"{address.rpartition('/')[0]}/{name}{question}{rest}"
    elif not (data / "clavet.sqlite3").exists():
        (data / "clavet.sqlite3").symlink_to(name)
    return found


def periodic(data: Path, backend: str = FOLDER) -> subprocess.Popen[str]:
    """Starts ``manage.py periodic`` in a process of its own."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", PERIODIC, backend],
        env=environ(data),
        cwd=settings.PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """The code with which a process ended, and what it said."""
    output, _errors = process.communicate(timeout=60)
    return process.returncode, output


def mails(data: Path) -> list[str]:
    """Everything in the mail folder, finished or not."""
    return sorted(path.name for path in (data / "mail").iterdir())
