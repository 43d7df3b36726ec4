"""The quality set is what it should be, and its score counts what a reader sees."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from bench.quality.questions import FICHES, Mark, Question, codes_on, mean_recall, questions
from clavet.languages import CODES

pytestmark = pytest.mark.once

FICHES_OF = [json.loads(line) for line in FICHES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("language", CODES)
def test_each_language_has_its_fiches_and_queries_of_every_kind(language):
    own = [question for question in questions() if question.language == language]
    kinds = Counter(question.kind for question in own)
    assert sum(fiche["source_language"] == language for fiche in FICHES_OF) >= 12
    assert kinds.total() >= 24
    assert kinds["nonsense"] >= 4
    assert set(kinds) == {"inflected", "folded", "misspelt", "compound", "phrase", "cross", "nonsense"}
    assert sum(question.held_out for question in own) >= 10


def test_what_queries_should_find_is_in_the_set_and_nonsense_should_find_nothing():
    codes = {fiche["code"] for fiche in FICHES_OF}
    assert all(question.expected <= codes for question in questions())
    assert all(bool(question.expected) == (question.kind != "nonsense") for question in questions())


def test_a_query_across_languages_expects_a_fiche_that_its_language_lacks():
    language_of = {fiche["code"]: fiche["source_language"] for fiche in FICHES_OF}
    across = [question for question in questions() if question.kind == "cross"]
    assert all(language_of[code] != question.language for question in across for code in question.expected)


def test_the_codes_of_a_page_are_read_in_their_order_and_once_each():
    page = '<article data-code="CF-2"></article><p>…</p><article data-code="CF-1"></article><a data-code="CF-2">'
    assert codes_on(page) == ("CF-2", "CF-1")


@pytest.mark.parametrize(
    ("kind", "expected", "found", "recall"),
    [
        ("inflected", {"A", "B"}, ("A",), 0.5),
        ("inflected", {"A"}, (*"BCDEFGHIJK", "A"), 0.0),
        ("nonsense", set(), (), 1.0),
        ("nonsense", set(), ("A",), 0.0),
    ],
)
def test_recall_counts_the_first_ten_and_nonsense_must_find_nothing(kind, expected, found, recall):
    mark = Mark(Question("en", kind, "…", frozenset(expected), False), found)
    assert mean_recall([mark]) == recall
