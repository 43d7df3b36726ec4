"""Synthetic content: like accepted fiches in everything, said to be synthetic, and gone when asked to go."""

from __future__ import annotations

import re
from collections import Counter
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from clavet.languages import CODES
from clavet.library.scale.words import read_wordstock
from clavet.publishing import documents
from clavet.publishing.models import Code, CodeCounter, LogEntry, Revision, Translation, Version
from fiches.models import Fiche
from network.models import Authority

MODELS = (Fiche, Authority, Code, LogEntry, Revision, Translation, Version)
DATA = settings.PROJECT / "data"


@pytest.fixture
def synthetic(db: None) -> list[Fiche]:
    """Twelve synthetic fiches in English and Greek, of three synthetic authorities."""
    call_command("load_vocabulary")
    load(fiches=12, authorities=3)
    return list(Fiche.objects.order_by("code_id"))


def load(**numbers: Any) -> None:
    call_command("load_scale", *(f"--{name}={value}" for name, value in numbers.items()))


def test_the_live_row_of_a_synthetic_fiche_holds_exactly_what_its_first_version_and_translation_say(synthetic):
    assert {fiche.source_language for fiche in synthetic} == {"en", "el"}
    for fiche in synthetic:
        (version,) = Version.objects.filter(code_id=fiche.code_id)
        (translation,) = Translation.objects.current().filter(code_id=fiche.code_id)
        assert documents.source_document(fiche) == version.document
        assert {translation.language, fiche.source_language} == {"en", "el"}
        assert documents.translation_document(fiche, translation.language) == translation.document
        assert set(fiche.topics.values_list("pk", flat=True)) == set(fiche.topic_order)


def test_a_synthetic_fiche_would_pass_all_checks_of_a_written_one(synthetic):
    for fiche in synthetic:
        source = documents.source_document(fiche)
        assert documents.normalised(fiche.shape, source) == source
        assert not list(documents.neutral_problems(fiche.shape, source))
        assert not list(documents.text_problems(fiche.shape, source, source))
        assert not fiche.shape.missing(source)
        (translation,) = Translation.objects.filter(code_id=fiche.code_id)
        assert not list(documents.text_problems(fiche.shape, translation.document, source))


def test_every_title_says_that_the_fiche_is_synthetic_and_every_record_is_marked(synthetic):
    assert all(fiche.title_en.startswith("Synthetic ") for fiche in synthetic)
    assert all(fiche.title_el.startswith("Συνθετικό ") for fiche in synthetic)
    assert all(fiche.is_sample and fiche.is_example for fiche in synthetic)
    assert Authority.objects.filter(is_sample=True, own_name__regex="Synthetic|Συνθετικό").count() == 3


@pytest.mark.parametrize("language", ["en", "el"])
def test_readers_find_synthetic_fiches_in_the_list_on_their_pages_and_in_the_feed(client: Client, synthetic, language):
    page = client.get(f"/{language}/fiches/?language={language}").content.decode()
    assert set(re.findall(r"CF-\d{4}", page)) == {fiche.code_id for fiche in synthetic}
    fiche = synthetic[0]
    body = client.get(fiche.url_in(language))
    assert body.status_code == 200
    assert getattr(fiche, f"title_{language}") in body.content.decode()
    assert client.get(f"/{language}/fiches/{fiche.code_id}/v/1/").status_code == 200
    assert client.get(f"/{language}/fiches/feed.atom").status_code == 200


def test_synthetic_fiches_leave_as_json_lines_and_come_back_as_they_were(db, lines):
    call_command("load_vocabulary")
    load(fiches=4)
    call_command("export_fiches", lines)
    before = lines.read_text(encoding="utf-8")
    call_command("remove_sample")
    call_command("import_fiches", lines)
    call_command("export_fiches", lines)
    assert lines.read_text(encoding="utf-8") == before


def test_new_synthetic_fiches_take_the_next_free_codes_and_nothing_of_the_old_changes(synthetic):
    before = list(Version.objects.order_by("code_id").values())
    load(fiches=3)
    assert list(Version.objects.filter(code_id__lte="CF-0012").order_by("code_id").values()) == before
    assert Fiche.objects.order_by("code_id").last().code_id == "CF-0015"
    assert CodeCounter.objects.get(prefix="CF").last == 15


def test_the_same_seed_makes_the_same_texts_and_another_seed_others(synthetic):
    def texts(seed: int) -> list[tuple[str, str]]:
        call_command("remove_sample")
        CodeCounter.objects.filter(prefix="CF").delete()
        load(fiches=5, seed=seed)
        return list(Fiche.objects.order_by("code_id").values_list("title_en", "results_el"))

    assert texts(1) == [(fiche.title_en, fiche.results_el) for fiche in synthetic[:5]]
    assert texts(2) != texts(1)


def test_removing_the_sample_takes_synthetic_records_away_without_a_trace(synthetic):
    call_command("remove_sample")
    assert [model.objects.count() for model in MODELS] == [0] * len(MODELS)
    assert not Authority.history.exists()


@pytest.mark.parametrize("name", ["requests"])
def test_what_the_portal_has_no_tables_for_is_refused_before_anything_is_written(db, name):
    call_command("load_vocabulary")
    with pytest.raises(CommandError, match=f"no {name} yet"):
        load(fiches=3, **{name: 1})
    assert not Fiche.objects.exists()


@pytest.mark.parametrize("languages", ["xx", "en,xx", ""])
def test_languages_that_are_not_ours_are_refused(db, languages):
    with pytest.raises(CommandError, match="languages"):
        load(fiches=1, languages=languages)


def test_all_nine_languages_may_be_asked_for_at_once(db):
    call_command("load_vocabulary")
    load(fiches=9, languages=",".join(CODES))
    assert Translation.objects.current().count() == 9 * 8


@pytest.mark.parametrize("language", CODES)
def test_a_few_words_of_a_language_come_up_very_often_and_most_hardly_ever(language):
    stock = read_wordstock(DATA, language, seed=1)
    assert len(stock.words) == len(set(stock.words)) > 30_000
    drawn = Counter(stock.draw(Random(1), 50_000))  # noqa: S311 - nothing secret
    (_commonest, most), *_ = drawn.most_common(1)
    assert most > 1_500
    assert sum(number == 1 for number in drawn.values()) > len(drawn) / 3
