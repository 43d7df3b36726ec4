"""``make test``: the whole suite on SQLite and, where one answers, on PostgreSQL; says at its end what it left out.

With ``CLAVET_NO_SKIP=1`` whatever is left out, down to a single skipped test, is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

from clavet.operations import catalogues
from clavet.search.analysis import lemmas
from clavet.settings import environment
from tests import found

# What would make the tests depend on how the portal of this machine is run.
NOT_FOR_TESTS = frozenset(
    ("DATABASE_URL", "DATABASE_REPLICA_URL", "REDIS_URL", "STORAGE_URL", "SITE_URL", "CLAVET_DATA", "PORT")
) | frozenset(("MAIL_URL", "MAIL_FROM"))


@dataclass(frozen=True)
class Run:
    """One run of the suite: its name, the tests it takes (a marker expression), its database."""

    name: str
    markers: str
    database: str | None = None


def planned(chromium: str | None, postgresql: str | None) -> tuple[list[Run], list[str]]:
    """The runs that are possible with what was found, and a sentence on each part that is not."""
    left_out = []
    on_sqlite = "not postgresql"
    if chromium is None:
        on_sqlite += " and not browser"
        left_out.append("the tests in a browser: no Chromium was found (install it, or name one in CHROMIUM)")
    runs = [Run("SQLite" + (", with Chromium" if chromium else ""), on_sqlite)]
    if postgresql is None:
        left_out.append("the run on PostgreSQL: none answers here (start one, or name one in CLAVET_TEST_DATABASE_URL)")
    else:
        runs.append(Run("PostgreSQL", "not browser and not once", own_database(postgresql)))
    return runs, left_out


def own_database(address: str) -> str:
    """The same server with a database of a name that no other run of tests uses; Django makes ``test_`` of it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/clavet_{os.getpid()}" + (f"?{parts.query}" if parts.query else "")


def execute(run: Run, arguments: list[str]) -> tuple[int, str]:
    """Runs the suite once, passing its output on; the exit code and pytest's closing line."""
    print(f"\n── {run.name} ──", flush=True)
    environ = {name: value for name, value in os.environ.items() if name not in NOT_FOR_TESTS}
    if run.database:
        environ["DATABASE_URL"] = run.database
    # Whoever has done its share takes from the others: some tests are seconds long, most are not.
    shared = ["-n", "auto", "--dist", "worksteal"]
    command = [sys.executable, "-m", "pytest", *shared, "-q", "-rs", "-m", run.markers, *arguments]
    if sys.stdout.isatty():
        command.append("--color=yes")
    closing = ""
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        command, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, cwd=environment.PROJECT
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            closing = line.strip() or closing
    return process.returncode, closing


def main(arguments: list[str]) -> int:
    """Compiles catalogues and dictionaries, runs what can be run, and says how it went."""
    nothing_left_out = os.environ.get("CLAVET_NO_SKIP") == "1"
    catalogues.compile_changed(environment.PROJECT / "locale")
    lemmas.build_changed()
    runs, left_out = planned(found.chromium(), found.postgresql())
    results = [(run, *execute(run, arguments)) for run in runs]
    print("\n── In short ──")
    for run, _code, closing in results:
        print(f"{run.name}: {closing}")
    for sentence in left_out:
        print(f"Left out: {sentence}.")
    failed = any(code for _run, code, _closing in results)
    if left_out and nothing_left_out:
        print("CLAVET_NO_SKIP=1 is set, so what is left out is a failure.")
        failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
