"""Search finds what its readers mean, and the same on both databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from bench.quality import scoring
from clavet.languages import CODES

pytestmark = pytest.mark.django_db


def test_the_set_has_queries_of_every_kind_in_every_language() -> None:
    queries = json.loads(scoring.QUERIES.read_text(encoding="utf-8"))
    number = Counter(entry["language"] for entry in queries if entry["expected"])
    assert all(number[language] >= 20 for language in CODES)
    assert {"inflected", "folded", "misspelt", "compound", "cross", "nonsense"} <= {entry["kind"] for entry in queries}


def test_what_is_expected_is_among_the_first_ten_and_nonsense_finds_nothing() -> None:
    scoring.load()
    results = scoring.ask_all()
    assert scoring.recall(results) >= 0.95, scoring.misses(results)
    for language in CODES:
        assert scoring.recall(result for result in results if result.language == language) >= 0.9, language
    assert not [result.query for result in results if not result.expected and result.total]


@pytest.mark.postgresql
def test_both_databases_find_the_same_in_the_same_order(tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    hits = tmp_path / "hits.json"
    command = [sys.executable, "-m", "bench.quality", "--hits", str(hits)]
    subprocess.run(command, cwd=settings.PROJECT, env=environ, check=True, capture_output=True)  # noqa: S603
    scoring.load()
    assert [list(result.found) for result in scoring.ask_all()] == json.loads(hits.read_text(encoding="utf-8"))
