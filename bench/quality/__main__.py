"""``make quality``: brings the set into an empty database, asks each query on its page of results, prints the recall.

Ends with 1 where recall among the first ten is below 0.95 or nonsense finds anything.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LEAST_RECALL = 0.95


@contextmanager
def empty_database() -> Iterator[None]:
    """An empty database of its own, gone at the end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clavet.settings.test")
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


@contextmanager
def set_brought_in() -> Iterator[None]:
    """An empty database with the vocabulary and the fiches of the set."""
    with empty_database():
        from django.core.management import call_command

        from bench.quality.questions import FICHES

        call_command("load_vocabulary", verbosity=0)
        call_command("import_fiches", str(FICHES), lenient=True, verbosity=0)
        yield


def page_of(language: str, query: str) -> str:
    """The page of results that a reader of ``language`` gets for ``query``."""
    from django.test import Client

    response = Client().get(f"/{language}/search/", {"q": query})
    if response.status_code != 200:
        raise RuntimeError(f"/{language}/search/?q={query} answered {response.status_code}")
    return response.content.decode()


def main(arguments: list[str]) -> int:
    """Prints the recall by language and kind, what was missed and what nonsense found; 1 where it is not enough.

    ``--hits FILE`` also writes what each query found, in its order, so that two databases can be compared.
    """
    from bench.quality.questions import NONSENSE, marks, mean_recall, questions

    with set_brought_in():
        marked = marks(questions(), page_of)
    if arguments[:1] == ["--hits"]:
        Path(arguments[1]).write_text(json.dumps([mark.found for mark in marked]), encoding="utf-8")
    real = [mark for mark in marked if mark.question.kind != NONSENSE]
    kinds = list(dict.fromkeys(mark.question.kind for mark in real))
    print(" ".join(["language", *kinds, "held out"]))
    for language in dict.fromkeys(mark.question.language for mark in real):
        own = [mark for mark in real if mark.question.language == language]
        tuned = [[mark for mark in own if mark.question.kind == kind and not mark.question.held_out] for kind in kinds]
        means = [mean_recall(part) for part in [*tuned, [mark for mark in own if mark.question.held_out]]]
        print(" ".join([language, *("-" if mean is None else f"{mean:.2f}" for mean in means)]))
    for mark in marked:
        if mark.recall < 1:
            wanted = " ".join(sorted(mark.question.expected)) or "nothing"
            got = " ".join(mark.found[:10]) or "nothing"
            print(f"missed: {mark.question.language} {mark.question.kind} {mark.question.query!r}: {wanted}; got {got}")
    recall, wrong = mean_recall(real) or 0.0, sum(1 for mark in marked if mark not in real and mark.recall < 1)
    print(f"recall at 10: {recall:.3f} of {len(real)} queries")
    print(f"nonsense that finds something: {wrong} queries")
    return int(recall < LEAST_RECALL or wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
