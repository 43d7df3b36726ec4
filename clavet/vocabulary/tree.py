"""The whole vocabulary in one language, in memory: two queries, whatever is asked of it afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from clavet.cache.kept import kept
from clavet.languages import SOURCE
from clavet.vocabulary.models import Concept


@dataclass
class Tree:
    """Labels and hierarchy of all concepts, read in one language."""

    labels: dict[str, str]
    broader: dict[str, list[str]]
    narrower: dict[str, list[str]] = field(default_factory=dict)

    def ancestors(self, concept_id: str) -> set[str]:
        """All concepts broader than this one, over any number of steps."""
        found: set[str] = set()
        waiting = list(self.broader.get(concept_id, []))
        while waiting:
            other = waiting.pop()
            if other not in found:
                found.add(other)
                waiting += self.broader.get(other, [])
        return found

    def with_ancestors(self, concept_ids: Iterable[str]) -> set[str]:
        """These concepts and all that are broader than any of them."""
        found = set(concept_ids)
        for concept_id in list(found):
            found |= self.ancestors(concept_id)
        return found

    def tops(self) -> list[str]:
        """Concepts that nothing is broader than, in the order of their labels."""
        return self.by_label(key for key in self.labels if not self.broader.get(key))

    def by_label(self, concept_ids: Iterable[str]) -> list[str]:
        """These concepts in the order of their labels."""
        return sorted(concept_ids, key=lambda key: self.labels.get(key, key).casefold())


@kept
def read_tree(language: str) -> Tree:
    """The vocabulary with its labels in ``language``. Not to be changed: all share it."""
    own, fallback = f"preferred_{language}", f"preferred_{SOURCE}"
    rows = Concept.objects.values("id", *{own, fallback})
    labels = {row["id"]: row[own] or row[fallback] or row["id"] for row in rows}
    broader: dict[str, list[str]] = defaultdict(list)
    narrower: dict[str, list[str]] = defaultdict(list)
    links = Concept.broader.through.objects.order_by("to_concept_id")
    for narrow, broad in links.values_list("from_concept_id", "to_concept_id"):
        broader[narrow].append(broad)
        narrower[broad].append(narrow)
    return Tree(labels=labels, broader=dict(broader), narrower=dict(narrower))
