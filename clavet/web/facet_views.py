"""The filters beside a list, as a reader sees them: values with their labels and counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy
from django_countries import countries

from clavet.languages import LANGUAGES
from clavet.publishing.facet_values import GovernanceLevel, Phase, Sector
from clavet.vocabulary.tree import Tree
from clavet.web.lists import FacetView, Option

FACETS = {
    "kind": gettext_lazy("Kind"),
    "topic": gettext_lazy("Topic"),
    "phase": gettext_lazy("Phase"),
    "sector": gettext_lazy("Sector"),
    "level": gettext_lazy("Governance level"),
    "country": gettext_lazy("Country"),
    "language": gettext_lazy("Language available"),
}

Labels = Mapping[str, Mapping[str, str]]
Counts = Mapping[str, Mapping[str, int]]
Chosen = Mapping[str, tuple[str, ...]]


def value_labels(tree: Tree, kinds: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Every known value of every facet with its label; ``kinds`` are those of the records in the list."""
    return {
        "kind": dict(kinds),
        "topic": tree.labels,
        "phase": {value: str(label) for value, label in Phase.choices},
        "sector": {value: str(label) for value, label in Sector.choices},
        "level": {value: str(label) for value, label in GovernanceLevel.choices},
        "country": dict(countries),
        "language": dict(LANGUAGES),
    }


def facet_views(
    tree: Tree, labels: Labels, counts: Counts, chosen: Chosen, facets: Mapping[str, Any] = FACETS
) -> list[FacetView]:
    """All ``facets`` (names with their labels) with values that lead somewhere or are chosen, with their counts."""
    views = []
    for name, label in facets.items():
        here = chosen.get(name, ())
        found = (
            topic_options(tree, counts[name], here) if name == "topic" else options(labels[name], counts[name], here)
        )
        shown = list(found)
        if shown:
            views.append(FacetView(name, str(label), shown))
    return views


def options(labels: Mapping[str, str], counts: Mapping[str, int], chosen: tuple[str, ...]) -> Iterator[Option]:
    """The options of a flat facet: countries by their names, the rest in the order of its list."""
    for value, label in labels.items():
        if counts.get(value) or value in chosen:
            yield Option(value, label, counts.get(value, 0), value in chosen)


def topic_options(tree: Tree, counts: Mapping[str, int], chosen: tuple[str, ...]) -> Iterator[Option]:
    """Topics below their top concept, one level deep; deeper ones join the level below the top. One with two tops
    stands below the first: there is one box for one topic."""
    placed: set[str] = set()
    for top in tree.tops():
        below = [key for key in tree.labels if top in tree.ancestors(key) and key not in placed]
        placed.update(below)
        shown = [key for key in tree.by_label(below) if counts.get(key) or key in chosen]
        if counts.get(top) or top in chosen or shown:
            yield topic_option(tree, top, counts, chosen, 0)
            yield from (topic_option(tree, key, counts, chosen, 1) for key in shown)


def topic_option(tree: Tree, key: str, counts: Mapping[str, int], chosen: tuple[str, ...], depth: int) -> Option:
    """One topic as an option."""
    return Option(key, tree.labels[key], counts.get(key, 0), key in chosen, depth)
