"""Many authors who type at once, each in her own draft: how long the portal takes to save, and whether it loses any.

``python -m bench.autosave`` runs this alone; ``make bench`` runs it after the rest.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from statistics import median
from typing import Any

from bench import portals
from bench.measuring import NotWell
from bench.portals import Portal
from bench.report import note, say
from bench.servers import running

# As many as are to be served at once: SQLite lets one write at a time.
AUTHORS = {"sqlite": 20, "postgresql": 200}
SECONDS = 60


def run(portal: Portal, authors: int, seconds: int) -> None:
    """Have so many authors type for so many seconds on ``portal``; print what it took. ``NotWell`` if any is lost."""
    drafts = portal.inside("drafts", number=authors)
    before = portal.inside("stored", codes=[draft["code"] for draft in drafts])
    with running("portal", portal.environ) as server:
        cpu = server.cpu_seconds()
        typed = type_at_once(server.port, drafts, seconds)
        cpu = server.cpu_seconds() - cpu
    after = portal.inside("stored", codes=[draft["code"] for draft in drafts])
    latencies = [latency * 1000 for one in typed for latency in one["latencies"]]
    lost = sum(lost_of(one, before[one["code"]], after[one["code"]]) for one in typed)
    name = f"{portal.database}, autosave of {authors} authors at once"
    say(f"{name}, in all", len(latencies), "saves")
    say(f"{name}, lost", lost, "saves")
    say(f"{name}, median", median(latencies), "ms")
    say(f"{name}, worst", max(latencies), "ms")
    say(f"{name}, CPU per save", cpu / len(latencies) * 1000, "ms")
    if lost:
        raise NotWell(f"{lost} saves were lost")


def type_at_once(port: int, drafts: list[dict[str, Any]], seconds: int) -> list[dict[str, Any]]:
    """What each author saw (``bench.authors``)."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.authors"],
        input=json.dumps({"port": port, "drafts": drafts, "seconds": seconds}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the authors failed: {done.stderr.strip()[-2000:]}")
    return json.loads(done.stdout)


def lost_of(typed: dict[str, Any], before: list[Any], after: list[Any]) -> int:
    """How many saves of one author are not there: refused, not counted by the draft, or not what stands in it."""
    acknowledged = len(typed["latencies"]) - typed["failed"]
    uncounted = acknowledged - (after[0] - before[0])
    return typed["failed"] + abs(uncounted) + (acknowledged > 0 and after[1] != typed["last"])


def main(arguments: list[str]) -> int:
    """Run it on portals of its own; 1 if a save was lost."""
    parser = argparse.ArgumentParser(prog="bench.autosave", description=__doc__)
    parser.add_argument("--authors", type=int, help="how many; 20 on SQLite and 200 on PostgreSQL by default")
    parser.add_argument("--typing", type=int, default=SECONDS, help="for how many seconds they type")
    parser.add_argument("--databases", nargs="+", choices=portals.DATABASES, default=portals.DATABASES)
    options = parser.parse_args(arguments)
    portals.get_ready()
    for database in options.databases:
        with portals.portal(database) as portal:
            if portal is None:
                note(f"{database}: left out, none answers here")
                continue
            try:
                run(portal, options.authors or AUTHORS[database], options.typing)
            except NotWell as finding:
                note(f"{database}: {finding}")
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
