"""The vocabulary: what it must hold to, how it comes in and how it goes out."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS

from clavet.languages import CODES
from clavet.vocabulary.check import problems
from clavet.vocabulary.loading import VocabularyRefused, load
from clavet.vocabulary.models import AlternativeLabel, Concept
from clavet.vocabulary.tree import read_tree
from tests import factories
from tests.fiches.pages import languages_within, links, text_of, tree

REAL = settings.PROJECT / "data" / "vocabulary.json"


def entry(key: str, **changes: Any) -> dict[str, Any]:
    labels = {
        code: {"preferred": f"{key} {code}", "alternative": [f"other {key} {code}"], "definition": f"What {key} is."}
        for code in CODES
    }
    return {"id": key, "broader": [], "related": [], "exact_match": [], "labels": labels, **changes}


def data(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"scheme": {"id": "clavet"}, "concepts": copy.deepcopy(list(entries))}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "vocabulary.json"
    path.write_text(json.dumps(data(entry("vet"), entry("schools", broader=["vet"]))), encoding="utf-8")
    return path


# ---------------------------------------------------------------- what a vocabulary must hold to


def test_a_complete_vocabulary_has_no_problems() -> None:
    assert problems(data(entry("a", related=["b"]), entry("b", broader=["c"], related=["a"]), entry("c"))) == []


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("part", ["preferred", "definition"])
@pytest.mark.parametrize("value", ["", "  ", None])
def test_a_label_that_one_language_lacks_is_a_problem(language: str, part: str, value: str | None) -> None:
    vocabulary = data(entry("vet"))
    if value is None:
        del vocabulary["concepts"][0]["labels"][language][part]
    else:
        vocabulary["concepts"][0]["labels"][language][part] = value
    (found,) = problems(vocabulary)
    assert found.startswith("vet: no ")
    assert found.endswith(f" in {language}")


def test_a_language_that_is_missing_altogether_is_a_problem() -> None:
    vocabulary = data(entry("vet"))
    del vocabulary["concepts"][0]["labels"]["tr"]
    assert len(problems(vocabulary)) == 2


@pytest.mark.parametrize("label", ["School", "school", "SCHOOL"])
def test_two_concepts_that_share_a_preferred_label_are_a_problem(label: str) -> None:
    vocabulary = data(entry("a"), entry("b"))
    vocabulary["concepts"][0]["labels"]["nl"]["preferred"] = "School"
    vocabulary["concepts"][1]["labels"]["nl"]["preferred"] = label
    (found,) = problems(vocabulary)
    assert "a, b" in found
    assert "in nl" in found


def test_the_same_label_in_two_languages_is_none() -> None:
    vocabulary = data(entry("a"), entry("b"))
    vocabulary["concepts"][0]["labels"]["es"]["preferred"] = "formal"
    vocabulary["concepts"][1]["labels"]["ro"]["preferred"] = "formal"
    assert problems(vocabulary) == []


def test_an_alternative_label_that_is_anothers_preferred_one_is_a_problem() -> None:
    vocabulary = data(entry("a"), entry("b"))
    vocabulary["concepts"][0]["labels"]["it"]["alternative"] = ["B IT"]
    (found,) = problems(vocabulary)
    assert found.startswith("a: its alternative label")


@pytest.mark.parametrize(
    "loop",
    [
        [entry("a", broader=["a"])],
        [entry("a", broader=["b"]), entry("b", broader=["a"])],
        [entry("a", broader=["b"]), entry("b", broader=["c"]), entry("c", broader=["d", "a"]), entry("d")],
    ],
    ids=["itself", "two", "three"],
)
def test_a_concept_broader_than_itself_is_a_problem(loop: list[dict[str, Any]]) -> None:
    found = problems(data(*loop))
    assert "a: is broader than itself" in found


def test_what_hangs_below_a_loop_does_not_keep_the_check_from_ending() -> None:
    found = problems(data(entry("x", broader=["a"]), entry("a", broader=["b"]), entry("b", broader=["a"])))
    assert not any(problem.startswith("x:") for problem in found)


def test_a_neighbour_that_does_not_exist_or_does_not_answer_is_a_problem() -> None:
    assert problems(data(entry("a", broader=["ghost"])))
    assert problems(data(entry("a", related=["ghost"])))
    assert problems(data(entry("a", related=["b"]), entry("b")))


def test_a_concept_that_stands_twice_is_a_problem() -> None:
    assert any("stands twice" in found for found in problems(data(entry("a"), entry("a"))))


def test_our_own_vocabulary_holds_to_all_of_this() -> None:
    assert problems(json.loads(REAL.read_text(encoding="utf-8"))) == []


def test_our_own_vocabulary_is_large_enough_and_matched_to_those_of_the_eu() -> None:
    concepts = json.loads(REAL.read_text(encoding="utf-8"))["concepts"]
    assert len(concepts) >= 80
    assert sum(bool(concept["exact_match"]) for concept in concepts) >= 20
    for concept in concepts:
        for uri in concept["exact_match"]:
            assert uri.startswith("http"), concept["id"]


# ---------------------------------------------------------------- loading


@pytest.mark.django_db
def test_a_vocabulary_with_a_problem_is_not_loaded_at_all(file: Path) -> None:
    file.write_text(json.dumps(data(entry("a"), entry("b", broader=["b"]))), encoding="utf-8")
    with pytest.raises(VocabularyRefused, match="b: is broader than itself"):
        load(file)
    assert not Concept.objects.exists()
    with pytest.raises(CommandError, match="was not loaded"):
        call_command("load_vocabulary", file)


@pytest.mark.django_db
def test_loading_twice_writes_nothing_twice(file: Path) -> None:
    assert load(file) == 2
    before = list(Concept.objects.values()), list(AlternativeLabel.objects.values()), Concept.history.count()
    assert load(file) == 0
    assert load(file, again=True) == 2
    after = list(Concept.objects.values()), list(AlternativeLabel.objects.values()), Concept.history.count()
    assert after == before


@pytest.mark.django_db
def test_what_a_coordinator_changed_survives_a_restart(file: Path) -> None:
    load(file)
    edited = Concept.objects.get(pk="vet")
    edited.preferred_el = "Καλύτερη λέξη"
    edited._history_user = factories.coordinator()
    edited.save()
    load(file)
    assert Concept.objects.get(pk="vet").preferred_el == "Καλύτερη λέξη"


@pytest.mark.django_db
def test_what_a_coordinator_changed_survives_a_new_release_of_the_file(file: Path) -> None:
    load(file)
    edited = Concept.objects.get(pk="vet")
    edited.preferred_el = "Καλύτερη λέξη"
    edited._history_user = factories.coordinator()
    edited.save()
    newer = data(entry("vet"), entry("schools", broader=["vet"]), entry("new"))
    newer["concepts"][1]["labels"]["tr"]["preferred"] = "okullar"
    file.write_text(json.dumps(newer), encoding="utf-8")
    load(file)
    assert Concept.objects.get(pk="vet").preferred_el == "Καλύτερη λέξη"
    assert Concept.objects.get(pk="schools").preferred_tr == "okullar"
    assert Concept.objects.filter(pk="new").exists()


@pytest.mark.django_db
def test_a_concept_that_records_may_carry_is_kept_when_the_file_drops_it(file: Path) -> None:
    load(file)
    file.write_text(json.dumps(data(entry("vet"))), encoding="utf-8")
    load(file)
    assert Concept.objects.filter(pk="schools").exists()


@pytest.mark.django_db
def test_a_newer_file_changes_labels_and_neighbours(file: Path) -> None:
    load(file)
    newer = data(entry("vet"), entry("schools"))
    newer["concepts"][0]["labels"]["en"] = {"preferred": "new", "alternative": ["VET"], "definition": "New."}
    file.write_text(json.dumps(newer), encoding="utf-8")
    load(file)
    concept = Concept.objects.get(pk="vet")
    assert concept.preferred_en == "new"
    assert list(concept.alternatives.filter(language="en").values_list("text", flat=True)) == ["VET"]
    assert not Concept.objects.get(pk="schools").broader.exists()


@pytest.mark.django_db
def test_our_own_vocabulary_loads(client: Client) -> None:
    assert load(REAL) >= 80
    assert len(read_tree("el").labels) >= 80
    assert client.get("/el/topics/").status_code == 200


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        call_command("load_vocabulary", tmp_path / "nothing.json")


# ---------------------------------------------------------------- out to machines


def parsed(client: Client, path: str) -> Graph:
    response = client.get(path)
    assert response.status_code == 200
    form = "turtle" if path.endswith("ttl") else "json-ld"
    return Graph().parse(data=response.content.decode(), format=form)


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["ttl", "jsonld"])
def test_the_vocabulary_goes_out_as_skos(ending: str, client: Client) -> None:
    factories.vocabulary()
    Concept.objects.filter(pk="vet").update(exact_match=["http://eurovoc.europa.eu/674"])
    Concept.objects.get(pk="guidance").related.add("schools")
    graph = parsed(client, f"/vocabulary.{ending}")
    base = "http://testserver/vocabulary/"
    vet, below, scheme = (URIRef(base + key) for key in ("vet", "apprenticeships", ""))
    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == 6
    assert (scheme, RDF.type, SKOS.ConceptScheme) in graph
    assert (vet, SKOS.topConceptOf, scheme) in graph
    assert (below, SKOS.broader, vet) in graph
    assert (vet, SKOS.narrower, below) in graph
    assert (below, SKOS.topConceptOf, scheme) not in graph
    assert (URIRef(base + "schools"), SKOS.related, URIRef(base + "guidance")) in graph
    assert (vet, SKOS.altLabel, Literal("VET", lang="en")) in graph
    assert (vet, SKOS.exactMatch, URIRef("http://eurovoc.europa.eu/674")) in graph
    labels = {label.language for label in graph.objects(vet, SKOS.prefLabel)}
    assert labels == set(CODES)


@pytest.mark.django_db
def test_both_formats_say_the_same_of_one_concept(client: Client) -> None:
    factories.vocabulary()
    turtle, json_ld = (parsed(client, f"/vocabulary/apprenticeships.{ending}") for ending in ("ttl", "jsonld"))
    assert set(turtle) == set(json_ld)
    assert set(turtle.subjects(RDF.type, SKOS.Concept)) == {URIRef("http://testserver/vocabulary/apprenticeships")}


@pytest.mark.django_db
def test_labels_with_quotes_and_backslashes_survive_both_formats(client: Client) -> None:
    factories.vocabulary()
    label = 'a "quoted" \\ label\n</script>'
    Concept.objects.filter(pk="vet").update(preferred_en=label)
    for ending in ("ttl", "jsonld"):
        graph = parsed(client, f"/vocabulary/vet.{ending}")
        assert (URIRef("http://testserver/vocabulary/vet"), SKOS.prefLabel, Literal(label, lang="en")) in graph


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accept", "language", "location"),
    [
        ("text/turtle", "el", "/vocabulary/vet.ttl"),
        ("application/ld+json, */*;q=0.1", "el", "/vocabulary/vet.jsonld"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "el", "/el/topics/vet/"),
        ("*/*", "tr;q=0.5, hr", "/hr/topics/vet/"),
        ("", "de", "/en/topics/vet/"),
    ],
)
def test_the_address_of_a_concept_leads_to_what_is_asked_for(
    accept: str, language: str, location: str, client: Client
) -> None:
    factories.vocabulary()
    response = client.get("/vocabulary/vet", headers={"accept": accept, "accept-language": language})
    assert (response.status_code, response["Location"]) == (302, location)
    assert {"Accept", "Accept-Language"} <= set(response["Vary"].split(", "))


@pytest.mark.django_db
def test_a_concept_that_does_not_exist_is_not_found(client: Client) -> None:
    for path in ("/vocabulary/ghost", "/vocabulary/ghost.ttl", "/en/topics/ghost/", "/vocabulary/vet.exe"):
        assert client.get(path).status_code == 404, path


# ---------------------------------------------------------------- out to people


@pytest.mark.django_db
def test_the_page_of_a_concept_has_its_labels_in_all_languages_each_marked(client: Client) -> None:
    factories.vocabulary()
    root = tree(client.get("/el/topics/apprenticeships/"))
    assert text_of(root.find(".//h1")) == "apprenticeships (el)"
    for code in CODES:
        assert languages_within(root, f"apprenticeships ({code})") == {code}
    assert set(links(root, "alternate")) >= {*CODES, "x-default"}


@pytest.mark.django_db
def test_the_page_of_a_concept_has_neighbours_and_records_with_what_is_narrower(client: Client) -> None:
    record = factories.fiche(topics=["company-apprenticeships"])
    root = tree(client.get("/en/topics/apprenticeships/"))
    hrefs = [link.get("href") for link in root.findall(".//main//a")]
    for path in ("/en/topics/vet/", "/en/topics/company-apprenticeships/", record.url_in("en")):
        assert path in hrefs
    assert [card.get("data-code") for card in root.findall(".//article")] == [record.code_id]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_topic_pages_ask_the_database_as_often_for_one_record_as_for_three(
    rows: int, client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        factories.concept(f"extra-{number}", broader=("vet",)) if Concept.objects.exists() else None
        factories.fiche(f"Number {number}", translations=("el",))
        AlternativeLabel.objects.create(concept_id="vet", language="el", text=f"λέξη {number}")
    with django_assert_num_queries(16):
        client.get("/el/topics/vet/")
    with django_assert_num_queries(4):
        client.get("/el/topics/")
    with django_assert_num_queries(5):
        client.get("/vocabulary.ttl")
