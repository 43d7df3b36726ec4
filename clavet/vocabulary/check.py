"""What a vocabulary must hold to: complete, unambiguous, without circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from clavet.languages import CODES


def problems(data: dict[str, Any]) -> list[str]:
    """Everything wrong with the vocabulary ``data`` (the content of ``data/vocabulary.json``), one sentence each.

    Refused are: a missing label or definition, two concepts of one language that share a preferred label, an
    alternative label that is another concept's preferred one, a neighbour that does not exist, and a broader loop.
    """
    concepts = {concept["id"]: concept for concept in data["concepts"]}
    found = [f"{concept['id']}: stands twice" for concept in data["concepts"] if concepts[concept["id"]] is not concept]
    found += missing_labels(concepts)
    found += ambiguous_labels(concepts)
    found += unknown_neighbours(concepts)
    found += broader_loops(concepts)
    return found


def missing_labels(concepts: dict[str, dict]) -> Iterator[str]:
    """Preferred labels and definitions that one of the nine languages lacks."""
    for key, concept in concepts.items():
        for language in CODES:
            labels = concept.get("labels", {}).get(language, {})
            for part in ("preferred", "definition"):
                if not str(labels.get(part, "")).strip():
                    yield (
                        f"{key}: no {part} label in {language}"
                        if part == "preferred"
                        else (f"{key}: no definition in {language}")
                    )


def ambiguous_labels(concepts: dict[str, dict]) -> Iterator[str]:
    """Labels by which a reader could not tell two concepts apart."""
    for language in CODES:
        owners: dict[str, list[str]] = defaultdict(list)
        for key, concept in concepts.items():
            label = concept.get("labels", {}).get(language, {}).get("preferred", "")
            if label:
                owners[label.casefold()].append(key)
        for label, keys in owners.items():
            if len(keys) > 1:
                yield f"{', '.join(keys)}: share the preferred label “{label}” in {language}"
        for key, concept in concepts.items():
            for label in concept.get("labels", {}).get(language, {}).get("alternative", []):
                others = [owner for owner in owners.get(label.casefold(), []) if owner != key]
                if others:
                    yield f"{key}: its alternative label “{label}” in {language} is the preferred one of {others[0]}"


def unknown_neighbours(concepts: dict[str, dict]) -> Iterator[str]:
    """Broader and related concepts that do not exist, and related ones that do not answer."""
    for key, concept in concepts.items():
        for relation in ("broader", "related"):
            for other in concept.get(relation, []):
                if other not in concepts:
                    yield f"{key}: {relation} names {other}, which does not exist"
        for other in concept.get("related", []):
            if other in concepts and key not in concepts[other].get("related", []):
                yield f"{key}: related to {other}, which is not related back"


def broader_loops(concepts: dict[str, dict]) -> Iterator[str]:
    """Concepts that are, over any number of steps, broader than themselves."""
    for key in concepts:
        seen: set[str] = set()
        waiting = list(concepts[key].get("broader", []))
        while waiting:
            other = waiting.pop()
            if other == key:
                yield f"{key}: is broader than itself"
                break
            if other not in seen and other in concepts:
                seen.add(other)
                waiting += concepts[other].get("broader", [])
