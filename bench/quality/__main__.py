"""``python -m bench.quality``: scores search on a database of its own, on SQLite or where ``DATABASE_URL`` says.

With ``--hits FILE`` it also writes what each query found, so that two databases can be compared.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Loads the set, asks, prints; 0 whatever the score."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description="How well search finds.")
    parser.add_argument("--hits", type=Path, help="write the hits of each query to this file, as JSON")
    options = parser.parse_args(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "clavet.settings.test"
    import django

    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from bench.quality import scoring

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        scoring.load()
        results = scoring.ask_all()
    finally:
        teardown_databases(databases, verbosity=0)
    if options.hits:
        options.hits.write_text(json.dumps([result.found for result in results]), encoding="utf-8")
    print(scoring.table(results))
    print(scoring.misses(results))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
