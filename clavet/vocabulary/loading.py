"""From the data file to the tables, as often as one likes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from django.db import transaction

from clavet.cache import generation
from clavet.languages import CODES
from clavet.vocabulary.check import problems
from clavet.vocabulary.models import AlternativeLabel, Concept, VocabularyLoad


class VocabularyRefused(Exception):
    """The data file breaks a rule; the message lists every breach."""


def load(path: Path, *, again: bool = False) -> int:
    """Load the vocabulary in ``path`` unless the same file was loaded before; ``again`` loads it anyway.

    Returns the number of concepts written, 0 where there was nothing to do. All or nothing: a file with a problem
    changes nothing and raises ``VocabularyRefused``. Concepts that the file no longer names are kept: records may
    carry them.
    """
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if not again and VocabularyLoad.objects.filter(digest=digest).exists():
        return 0
    data = json.loads(content)
    found = problems(data)
    if found:
        raise VocabularyRefused("\n".join(found))
    with transaction.atomic():
        for entry in data["concepts"]:
            write_concept(entry)
        for entry in data["concepts"]:
            write_neighbours(entry)
        VocabularyLoad.objects.get_or_create(digest=digest)
        generation.bump()
    return len(data["concepts"])


def write_concept(entry: dict[str, Any]) -> None:
    """Write one concept's labels and matches, but for what a coordinator has changed since the last load.

    Nothing is saved (and no history written) where nothing changed.
    """
    concept = Concept.objects.filter(pk=entry["id"]).first() or Concept(id=entry["id"])
    values: dict[str, Any] = {"exact_match": entry.get("exact_match", [])}
    for language in CODES:
        labels = entry["labels"][language]
        values[f"preferred_{language}"] = labels["preferred"]
        values[f"definition_{language}"] = labels["definition"]
    before = concept.loaded.get("values", {})
    for name, value in values.items():
        if concept._state.adding or name not in before or getattr(concept, name) == before[name]:
            setattr(concept, name, value)
    wanted = [[language, text] for language in CODES for text in entry["labels"][language].get("alternative", [])]
    loaded = {"values": values, "alternatives": wanted}
    known = [tuple(pair) for pair in concept.loaded.get("alternatives", [])]
    if concept.loaded != loaded or concept._state.adding:
        concept.loaded = loaded
        concept.save()
    write_alternatives(concept, [tuple(pair) for pair in wanted], known)


def write_alternatives(concept: Concept, wanted: list[tuple[str, str]], known: list[tuple[str, str]]) -> None:
    """Add the labels that are new in the file and remove those that have left it; what coordinators added stays, and
    what they removed stays away."""
    present = {(label.language, label.text): label for label in concept.alternatives.all()}
    gone = [label.pk for key, label in present.items() if key in known and key not in wanted]
    AlternativeLabel.objects.filter(pk__in=gone).delete()
    AlternativeLabel.objects.bulk_create(
        AlternativeLabel(concept=concept, language=language, text=text, position=position)
        for position, (language, text) in enumerate(wanted)
        if (language, text) not in present and (language, text) not in known
    )


def write_neighbours(entry: dict[str, Any]) -> None:
    """Write one concept's broader and related concepts."""
    concept = Concept.objects.get(pk=entry["id"])
    concept.broader.set(entry.get("broader", []))
    concept.related.set(entry.get("related", []))
