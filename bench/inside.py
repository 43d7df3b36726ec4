"""What has to be done or asked inside a portal: ``python -m bench.inside STEP``, its arguments as JSON on the input,
its findings as JSON on the output."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from typing import Any

import django

LANGUAGES = ("en", "el")
# So many addresses of a kind are enough to tell the median from the worst.
MANY = 200


def prepare() -> None:
    """Migrate, load vocabulary and pages, bring static files to their place: what a first start does."""
    from clavet.operations.preparing import prepare as first_start

    first_start(with_sample=False)


def fill(fiches: int) -> dict[str, float]:
    """Load so many synthetic fiches; the seconds that it took, and the size and the seconds of the index."""
    from django.conf import settings

    from fiches.scale.loading import load

    loaded = load(settings.PROJECT / "data", LANGUAGES, fiches=fiches, authorities=min(fiches, 200), seed=1)
    return {"seconds": loaded.seconds, "index_seconds": loaded.index.seconds, "index_bytes": loaded.index.bytes}


def addresses() -> dict[str, list[str]]:
    """Addresses of fiches, spread over all of them, in two languages; first those of the first fifth, then others."""
    from fiches.models import Fiche

    codes = list(Fiche.objects.visible_to().order_by("code_id").values_list("code_id", flat=True))
    step = max(1, len(codes) // MANY)
    fiches = Fiche.objects.filter(code_id__in=codes[::step]).order_by("code_id")
    return {"fiches": [fiche.url_in(language) for fiche in fiches for language in LANGUAGES]}


def words() -> dict[str, list[str]]:
    """Words of the English index: those in the most entries, those in the fewest, and labels of concepts."""
    from clavet.search import state
    from clavet.search.models import IndexWord
    from clavet.vocabulary.models import Concept

    standing = IndexWord.objects.filter(side=state.live(), language="en", length__gte=3).order_by("-entries", "word")
    known = list(standing.values_list("word", flat=True))
    return {
        "common": known[:40],
        "rare": known[-40:],
        "middle": known[len(known) // 10 :][:40],
        "topics": list(Concept.objects.order_by("pk").values_list("preferred_en", flat=True)[:40]),
        "topic_ids": list(Concept.objects.order_by("pk").values_list("pk", flat=True)[:12]),
    }


def queries(paths: list[str]) -> dict[str, int]:
    """How many queries a page takes, by its address, once the process has answered something like it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    found = {}
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        found[path] = len(captured)
    return found


STEPS = {step.__name__: step for step in (prepare, fill, addresses, words, queries)}


def main(step: str, arguments: dict[str, Any]) -> None:
    """Take one step; what it prints by the way goes where errors go."""
    django.setup()
    with redirect_stdout(sys.stderr):
        result = STEPS[step](**arguments)
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], json.load(sys.stdin))
