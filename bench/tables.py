"""``python -m bench.tables``: how long a table of authorities takes, looked through with errors and taken whole.

``--rows`` says how many; thirty of them are wrong at first. Ends with 1 where anything but these thirty is found.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any

from bench.quality.__main__ import empty_database
from bench.report import say

WRONG = 30


def content(rows: int, *, wrong: int) -> bytes:
    """A CSV file of so many invented authorities; the population of some is no number."""
    from clavet.tables.table import Table
    from clavet.tables.writing import to_csv

    headings = [
        "own_name", "own_language", "other_name_en", "kind", "governance_level", "country", "nuts", "lau", "population",
        "population_year", "urbanisation", "latitude", "longitude", "website", "facts_source",
    ]  # fmt: skip
    every = max(1, rows // WRONG)
    body = [
        [
            f"Synthetic {number}", "it", f"Synthetic town {number}", "municipality", "municipal", "IT", "ITC11",
            f"{number:06d}", "many" if number % every == 0 and number // every < wrong else number, 2021, "town",
            f"{36 + number % 1000 / 100:.4f}", f"{7 + number % 1100 / 100:.4f}", f"https://example.org/{number}",
            "Synthetic",
        ]
        for number in range(rows)
    ]  # fmt: skip
    return to_csv(Table(headings, body))


def timed(name: str, step: Any) -> Any:
    """What ``step`` gives, its seconds printed."""
    begin = time.perf_counter()
    found = step()
    say(name, time.perf_counter() - begin, "seconds")
    return found


def main(arguments: list[str]) -> int:
    """Print the seconds of each step; 1 where something else came out than had to."""
    parser = argparse.ArgumentParser(prog="bench.tables", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    rows = parser.parse_args(arguments).rows
    with empty_database():
        from clavet.publishing.actors import OPERATOR
        from clavet.tables.findings import TableRefused
        from clavet.tables.importing import dry_run, import_table
        from network.models import Authority
        from network.tables import KIND

        bad, good = content(rows, wrong=WRONG), content(rows, wrong=0)

        def refused() -> list[Any]:
            try:
                import_table(KIND, bad, "bad.csv", actor=OPERATOR)
            except TableRefused as refusal:
                return refusal.findings
            return []

        findings = timed("table, errors found", refused)
        before = Authority.objects.count()
        timed("table, dry run", lambda: dry_run(KIND, good, "good.csv"))
        timed("table, imported", lambda: import_table(KIND, good, "good.csv", actor=OPERATOR))
        again = timed("table, imported again", lambda: import_table(KIND, good, "good.csv", actor=OPERATOR))
        numbers = (len(findings), before, Authority.objects.count(), Authority.history.count(), again.unchanged)
    return int(numbers != (min(WRONG, rows), 0, rows, rows, rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
