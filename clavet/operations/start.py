"""``make run``: check, prepare, say where the portal is, and become the server. One process, one start of Django."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

from clavet.operations import catalogues, preflight
from clavet.operations.problems import NotReady
from clavet.operations.server import Server
from clavet.search.analysis import lemmas
from clavet.settings import environment, mail

CODE_COMMAND = ".venv/bin/python manage.py sample_code coordinator@example.org"


def main() -> int:  # noqa: RET503 - `become_server` does not return
    """Starts the portal; returns (with 1) only when something outside the code must be put right first."""
    try:
        server = Server.from_environment(os.environ)
        data = environment.data_directory()
        check_machine(server, data)
        catalogues.compile_changed(environment.PROJECT / "locale")
        compile_dictionaries()
        first = set_up_and_prepare()
    except NotReady as finding:
        print(f"\nCLAVET did not start. {finding}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped before the portal was up. The next start goes on from here.", file=sys.stderr)
        return 130
    print(announcement(data, first=first), flush=True)
    become_server()


def become_server() -> NoReturn:
    """Turns this process into the server's, so that signals reach it and nothing of the preparation stays in memory."""
    os.chdir(environment.PROJECT)
    os.execv(sys.executable, [sys.executable, "-m", "clavet.operations.server"])  # noqa: S606 - no shell


def check_machine(server: Server, data: Path) -> None:
    """What can be checked before there are settings. Raises ``NotReady``."""
    preflight.python_is_new_enough()
    preflight.data_directory_is_writable(data)
    preflight.port_is_free(server.host, server.port)


def compile_dictionaries() -> None:
    """Compiles the dictionaries of search where they are missing or out of date. Raises ``NotReady``."""
    try:
        if lemmas.missing(lemmas.FOLDER):
            print("Compiling the dictionaries of search …", flush=True)
            lemmas.build_changed(lemmas.FOLDER)
    except OSError as error:
        raise NotReady(
            f"The dictionaries of search cannot be compiled: {error.strerror}.",
            f"give this account the right to write into {lemmas.FOLDER}.",
        ) from error


def set_up_and_prepare() -> bool:
    """Sets Django up and prepares the database; whether this was the first start. Raises ``NotReady``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clavet.settings.run")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except (ImproperlyConfigured, ValueError) as error:
        raise NotReady(
            f"The settings do not work: {error}", "see the table of variables in docs/operators.md."
        ) from error
    from clavet.operations.preparing import prepare

    preflight.mail_folder_is_writable()
    preflight.database_answers()
    preflight.models_have_migrations()
    return prepare(with_sample=os.environ.get("CLAVET_SAMPLE") != "0")


def announcement(data: Path, *, first: bool) -> str:
    """What the operator reads: the address, where e-mail goes, the sample accounts (in full at first), how to stop."""
    lines = ["", f"CLAVET is at {environment.site_url()}", f"E-mail goes to {mail.from_environment(data)}", ""]
    accounts = data / "sample-accounts.txt"
    if accounts.exists():
        lines.append(f"Sample accounts, kept in {accounts}" + (":" if first else ""))
        if first:
            lines += [f"  {line}" for line in accounts.read_text(encoding="utf-8").splitlines()]
        lines += ["Their second factor is the code that this prints:", f"  {CODE_COMMAND}", ""]
    return "\n".join([*lines, "Stop with Ctrl+C."])


if __name__ == "__main__":
    sys.exit(main())
