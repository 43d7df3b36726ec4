"""What brings database and static files to where the code is. All of it may run again at every start."""

from __future__ import annotations

from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from clavet.operations.alone import alone
from clavet.operations.models import Milestone
from clavet.operations.problems import NotReady
from clavet.operations.static_files import collect_changed
from clavet.search import state


def prepare(*, with_sample: bool) -> bool:
    """Migrates, loads what belongs to every portal and, on a database's first start, the sample content.

    Returns whether this was the first start. ``NotReady`` when one of the commands refuses. A first start without the
    sample is a first start too: the sample never comes into a portal that people have begun to fill.
    """
    with alone("start"):
        try:
            migrate()
            call_command("load_vocabulary")
            call_command("load_pages")
            if state.is_outdated():
                print("Building the search index anew …", flush=True)
                call_command("reindex")
            first = not Milestone.objects.filter(pk=Milestone.FIRST_START).exists()
            if first and with_sample:
                print("Loading the sample content …", flush=True)
                call_command("load_sample")
            if first:
                Milestone.objects.create(pk=Milestone.FIRST_START)
        except CommandError as refusal:
            raise NotReady(shortened(str(refusal)), "put right what it names, then start again.") from refusal
        collect_changed()
    return first


def shortened(text: str, lines: int = 10) -> str:
    """The first lines of a text, and how many more there are: a file with one mistake has it in every record."""
    first, more = text.splitlines()[:lines], text.count("\n") + 1 - lines
    return "\n".join([*first, f"… and {more} lines more."] if more > 0 else first)


def migrate() -> None:
    """Applies the migrations that the database lacks; looks first, because `migrate` takes its time to do nothing."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        print(f"Bringing the database along by {len(missing)} migrations …", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
