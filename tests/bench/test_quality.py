"""Search finds what its readers mean, and the same on both databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from bench.quality.__main__ import page_of
from bench.quality.questions import FICHES, NONSENSE, Mark, marks, mean_recall, questions
from clavet.languages import CODES

pytestmark = pytest.mark.django_db


def all_marks() -> list[Mark]:
    """Every query of the set, asked of the page of results."""
    call_command("load_vocabulary", verbosity=0)
    call_command("import_fiches", str(FICHES), lenient=True, verbosity=0)
    return marks(questions(), page_of)


def test_what_is_expected_is_among_the_first_ten_and_nonsense_finds_nothing() -> None:
    marked = all_marks()
    for language in CODES:
        real = [mark for mark in marked if mark.question.language == language and mark.question.kind != NONSENSE]
        assert mean_recall(real) >= 0.95, [mark.question.query for mark in real if mark.recall < 1]
    assert not [mark.question.query for mark in marked if mark.question.kind == NONSENSE and mark.found]


@pytest.mark.postgresql
def test_both_databases_find_the_same_in_the_same_order(tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    hits = tmp_path / "hits.json"
    command = [sys.executable, "-m", "bench.quality", "--hits", str(hits)]
    subprocess.run(command, cwd=settings.PROJECT, env=environ, check=True, capture_output=True)  # noqa: S603
    assert [list(mark.found) for mark in all_marks()] == json.loads(hits.read_text(encoding="utf-8"))
