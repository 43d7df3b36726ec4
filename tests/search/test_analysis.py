"""The analyser of nine languages: which words mean the same, and that no text disturbs it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings, strategies as st

from clavet.languages import CODES
from clavet.search.analysis import fold, keys, query_keys, tokens

TEXTS = st.text(st.characters(), max_size=60)
LANGUAGES = st.sampled_from(CODES)


@pytest.mark.parametrize(
    ("language", "typed", "folded"),
    [
        ("el", "ΔΆΣΚΑΛΟΣ", "δασκαλοσ"),
        ("el", "Μαΐου", "μαιου"),
        ("tr", "İSTANBUL", "istanbul"),
        ("tr", "Iğdır", "igdir"),
        ("ro", "Şcoală şi Ţară", "scoala si tara"),
        ("ro", "Școală și Țară", "scoala si tara"),
        ("hr", "Ǆep, ǈubav, Đurđevac", "dzep, ljubav, durdevac"),
        ("fr", "CŒUR, ﬁlière", "coeur, filiere"),
        ("en", "on\u00adline e\u0301cole", "online ecole"),
    ],
)
def test_letters_are_compared_as_their_language_writes_them(language, typed, folded):
    assert fold(typed, language) == folded


@given(TEXTS, LANGUAGES)
def test_folding_twice_changes_nothing_more(text, language):
    assert fold(fold(text, language), language) == fold(text, language)


@given(TEXTS, LANGUAGES)
@settings(deadline=None)
def test_every_word_of_any_text_stands_where_its_token_says(text, language):
    last = 0
    for token in tokens(text, language):
        assert last <= token.start < token.end <= len(text)
        assert token.surface == "".join(c for c in fold(text[token.start : token.end], language)[:60] if c.isalnum())
        last = token.end


@given(TEXTS, LANGUAGES)
@settings(deadline=None)
def test_keys_are_sorted_plain_letters_and_figures_without_repetition(text, language):
    for found in (keys(text, language), query_keys(text, language)):
        assert list(found) == sorted(set(found))
        assert all(re.fullmatch(r"[a-z0-9α-ω]+", key) for key in found)


@given(TEXTS, LANGUAGES)
@settings(deadline=None)
def test_what_a_query_asks_for_is_among_what_the_index_keeps(text, language):
    assert set(query_keys(text, language)) <= set(keys(text, language))
