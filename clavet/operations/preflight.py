"""What must be right before the portal starts. Each function returns nothing, or raises ``NotReady``.

Django is imported inside the functions that need it: the others run before there are settings, because reading
the settings already writes the secret key into the data directory.
"""

from __future__ import annotations

import errno
import socket
import sys
import tempfile
from pathlib import Path

from clavet.operations.problems import NotReady

OLDEST_PYTHON = (3, 11)


def python_is_new_enough(version: tuple[int, ...] = tuple(sys.version_info)) -> None:
    """Refuses a Python older than ``OLDEST_PYTHON``."""
    if version[:2] < OLDEST_PYTHON:
        wanted, found = (".".join(map(str, numbers[:2])) for numbers in (OLDEST_PYTHON, version))
        raise NotReady(
            f"CLAVET needs Python {wanted} or newer, and this is {found}.",
            "remove .venv, then: make run PYTHON=/path/to/a/newer/python3",
        )


def data_directory_is_writable(path: Path) -> None:
    """Makes the directory where it is missing, and refuses one in which no file can be written."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path) as trial:
            trial.write(b"CLAVET")
    except OSError as error:
        raise NotReady(
            f"The data directory {path} cannot be written: {error.strerror}.",
            "give this account the right to write there, or name another directory: CLAVET_DATA=/path make run",
        ) from error


def port_is_free(host: str, port: int) -> None:
    """Refuses an address that another program listens on, or that this account may not take."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            problem, remedy = f"Port {port} is in use.", f"stop what uses it, or take another: PORT={port + 1} make run"
        else:
            problem = f"The portal cannot listen on {host}, port {port}: {error.strerror}."
            remedy = "name another address with CLAVET_HOST, or a port above 1023 with PORT."
        raise NotReady(problem, remedy) from error


def mail_folder_is_writable() -> None:
    """Makes the folder that e-mail goes into, if it goes into one, and refuses one in which no file can be written.
    A mail server is not asked: the queue waits for one that is down."""
    from django.conf import settings

    folder: Path | None = settings.EMAIL_FILE_PATH
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise NotReady(
            f"The mail folder {folder} cannot be written: {error.strerror}.",
            "give this account the right to write there, or name another one, or a mail server, with MAIL_URL.",
        ) from error


def database_answers() -> None:
    """Refuses a database that cannot be reached, or a file that is none."""
    from django.db import Error, connection

    from clavet.operations.connections import direct_connection

    place = connection.settings_dict
    where = (
        f"{place['NAME']} at {place['HOST'] or 'the local socket'}" if place["USER"] or place["HOST"] else place["NAME"]
    )
    try:
        with direct_connection(timeout=5) as direct, direct.cursor() as cursor:
            direct.introspection.table_names(cursor)
    except Error as error:
        reason = (str(error).strip().splitlines() or ["no reason given"])[0]
        raise NotReady(
            f"The database {where} does not answer: {reason}",
            "start the database, or correct DATABASE_URL; without DATABASE_URL the portal keeps its own SQLite file.",
        ) from error


def models_have_migrations() -> None:
    """Refuses code in which a model of ours changed without a migration; packages answer for their own."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    ours = [app.label for app in apps.get_app_configs() if is_ours(Path(app.path), settings.PROJECT)]
    try:
        call_command("makemigrations", *ours, check_changes=True, dry_run=True, verbosity=0)
    except SystemExit as finding:
        raise NotReady(
            "A model changed, and the migration that brings the database along is missing.",
            "python manage.py makemigrations; on a server: check out a released version whole.",
        ) from finding


def is_ours(path: Path, project: Path) -> bool:
    """Whether a directory is code of the project, and not of a package installed below it."""
    return path.is_relative_to(project) and "site-packages" not in path.parts
