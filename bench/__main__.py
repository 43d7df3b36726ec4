"""``make bench``: all benchmarks, on SQLite and, where one answers, on PostgreSQL. Prints figures; judges nothing."""

from __future__ import annotations

import argparse
import os
import sys

from bench import autosave, cases, portals
from bench.measuring import NotWell
from bench.report import note, say

SMALL = 1000


def main(arguments: list[str]) -> int:
    """Run what the command line asks for; 1 if a page did not answer as it should."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "--scale", type=int, default=int(os.environ.get("SCALE") or SMALL), help="how many fiches, and practices"
    )
    parser.add_argument("--requests", type=int, default=300, help="requests a round to an uncached page")
    parser.add_argument("--databases", nargs="+", choices=portals.DATABASES, default=portals.DATABASES)
    parser.add_argument("--typing", type=int, default=autosave.SECONDS, help="for how many seconds authors type")
    options = parser.parse_args(arguments)
    portals.get_ready()
    say("fiches", options.scale, "fiches")
    for database in options.databases:
        with portals.portal(database) as portal:
            if portal is None:
                note(f"{database}: left out, none answers here")
                continue
            try:
                cases.run(portal, options.scale, options.requests)
                autosave.run(portal, min(options.scale, autosave.AUTHORS[database]), options.typing)
            except NotWell as finding:
                note(f"{database}: {finding}")
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
