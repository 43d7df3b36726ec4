"""The compiled dictionaries: made once, made anew when something changed, and what they teach about endings."""

from __future__ import annotations

import pytest

from clavet.operations import start
from clavet.operations.problems import NotReady
from clavet.search.analysis import endings, lemmas

pytestmark = pytest.mark.once


def test_a_dictionary_that_is_compiled_is_not_missing(tmp_path):
    assert "en" in lemmas.missing(tmp_path)
    lemmas.build(tmp_path, "en")
    assert "en" not in lemmas.missing(tmp_path)


def test_what_an_earlier_version_compiled_goes_and_what_is_of_now_stays(tmp_path):
    earlier, current = tmp_path / "en.earlier.trie", lemmas.path_of(tmp_path, "en")
    earlier.touch()
    current.touch()
    lemmas.remove_outdated(tmp_path)
    assert list(tmp_path.iterdir()) == [current]


def test_nothing_is_compiled_where_nothing_is_missing():
    lemmas.trie_of("en")
    assert lemmas.build_changed() == []


def test_the_operator_reads_what_helps_where_dictionaries_cannot_be_written(tmp_path, monkeypatch):
    (tmp_path / "a file").touch()
    monkeypatch.setattr(lemmas, "FOLDER", tmp_path / "a file" / "dictionaries")
    with pytest.raises(NotReady, match="right to write"):
        start.compile_dictionaries()


@pytest.mark.parametrize(
    ("language", "form", "lemma"), [("en", "taught", "teach"), ("el", "παιδιου", "παιδι"), ("tr", "kitabi", "kitap")]
)
def test_a_folded_form_leads_to_its_lemma(language, form, lemma):
    assert lemma in lemmas.lemmas_of(form, language)


def test_an_ending_is_learnt_from_words_that_share_it_and_applied_to_a_new_one():
    known = [("policies", "policy"), ("studies", "study"), ("cities", "city"), ("bodies", "body")]
    rules = endings.learn(known)
    assert endings.guessed("agencies", rules.get) == "agency"


def test_an_ending_that_few_words_share_teaches_nothing():
    rules = endings.learn([("children", "child"), ("oxen", "ox")])
    assert endings.guessed("siren", rules.get) == "siren"


@pytest.mark.parametrize(
    ("form", "lemma"), [("σχολεία", "σχολείο"), ("went", "go"), ("go", "go"), ("centra", "centar")]
)
def test_a_change_leads_from_a_form_to_its_lemma(form, lemma):
    assert endings.changed(form, endings.change(form, lemma)) == lemma
