"""The analyser of nine languages: which words mean the same, and that no text disturbs it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings, strategies as st

from clavet.languages import CODES
from clavet.search.analysis import fold, keys, parts, query_keys, tokens
from tests.search import forms

pytestmark = pytest.mark.once

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


def meet(word: str, other: str, language: str) -> bool:
    """Whether a query for ``other`` finds a text that has ``word``."""
    text = {key for token in tokens(word, language) for key in token.keys}
    return all(set(query_keys(other[t.start : t.end], language)) & text for t in tokens(other, language))


@pytest.mark.parametrize("language", CODES)
def test_a_word_is_found_in_all_its_forms_with_accents_and_without(language):
    missed = [
        (word, form)
        for line in forms.SAME[language].strip().splitlines()
        for word, *others in [line.split()]
        for form in [*others, *(fold(other, language) for other in others), *(other.upper() for other in others)]
        if not (meet(word, form, language) and meet(form, word, language))
    ]
    assert missed == []


@pytest.mark.parametrize("language", CODES)
def test_words_that_only_look_alike_are_not_taken_for_each_other(language):
    pairs = [pair.split("/") for pair in forms.DIFFERENT[language].split()]
    assert [pair for pair in pairs if meet(*pair, language)] == []


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "L'école d’été, aujourd'hui", ["ecole", "ete", "aujourd", "hui"]),
        ("it", "dell'istruzione un'amica", ["istruzione", "amica"]),
        ("tr", "Hassa'nın İstanbul’daki okulları", ["hassa", "istanbul", "okullari"]),
        ("en", "the school's 'open' doors, they've", ["the", "school", "open", "doors", "they"]),
        ("nl", "foto's in 's-Hertogenbosch", ["foto", "in", "s", "hertogenbosch"]),
        ("el", "γι' αυτό, απ’ το σχολείο", ["αυτο", "το", "σχολειο"]),
        ("hr", "e-učenje 2024.", ["e", "ucenje", "2024"]),
        ("en", "under_score COVID-19", ["under", "score", "covid", "19"]),
    ],
)
def test_elided_articles_and_added_endings_are_left_out_and_hyphens_part_words(language, text, words):
    assert [token.surface for token in tokens(text, language)] == words


def test_a_word_with_a_soft_hyphen_or_loose_accents_is_one_word_in_its_whole_length():
    text = "onder\u00adwijs cafe\u0301"
    assert [text[token.start : token.end] for token in tokens(text, "nl")] == text.split()


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("onderwijs", "beroepsonderwijs"),
        ("beroeps onderwijs", "beroepsonderwijs"),
        ("bibliotheek", "bibliotheekbus"),
        ("lessen", "avondlessen"),
        ("taal", "taalles"),
    ],
)
def test_a_dutch_compound_is_found_by_its_parts(query, text):
    assert meet(text, query, "nl")


@pytest.mark.parametrize(
    ("language", "joined", "apart"),
    [("en", "microcredentials", "micro-credential"), ("hr", "mikrokvalifikacija", "mikro kvalifikacije")],
)
def test_a_word_with_a_beginning_that_is_also_written_apart_is_found_by_both(language, joined, apart):
    assert meet(joined, apart, language)
    assert all(
        set(query_keys(part, language)) & {k for t in tokens(apart, language) for k in t.keys}
        for part in parts(joined, language)
    )


def test_a_query_for_a_dutch_compound_does_not_find_its_parts_alone():
    assert not meet("onderwijs", "beroepsonderwijs", "nl")
    assert parts("beroepsonderwijs", "nl") == ("beroeps", "onderwijs")


@pytest.mark.parametrize(
    ("word", "language"),
    [(word, "nl") for word in ["onderwijs", "mentoren", "studenten", "toetsing", "praktijk", "Europees"]]
    + [("schoolbestuur", "en")],
)
def test_what_is_no_dutch_compound_has_no_parts(word, language):
    assert parts(word, language) == ()


def test_a_word_in_another_script_is_found_by_itself_alone():
    assert meet("Київ", "київ", "en")
    assert not meet("Київ", "Львів", "en")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "the of and"),
        ("es", "de para según"),
        ("fr", "à le qu dans"),
        ("it", "nella perché"),
        ("el", "και στους από"),
        ("hr", "u za među"),
        ("nl", "het een voor"),
        ("ro", "și în pentru"),
        ("tr", "ve için"),
    ],
)
def test_words_that_only_hold_a_sentence_together_are_marked(language, words):
    marked = [token.surface for token in tokens(words, language) if token.stop]
    assert len(marked) >= len(words.split()) - 1


@pytest.mark.parametrize(("language", "word"), [("fr", "été"), ("en", "school"), ("tr", "var"), ("el", "μέλος")])
def test_words_that_somebody_may_look_for_are_not_marked(language, word):
    assert not [token for token in tokens(word, language) if token.stop]
