"""The list of fiches: facets, sorting, pages. Everything the view shows, from the query string alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import BooleanField, Case, Value, When
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from django_countries import countries

from clavet.languages import LANGUAGES
from clavet.publishing import facets
from clavet.publishing.facet_values import GovernanceLevel, Phase, Sector
from clavet.publishing.models.records import UNCONFIRMED_AFTER
from clavet.vocabulary.tree import Tree, read_tree
from clavet.web import lists
from clavet.web.lists import FacetView, Option
from fiches.cards import cards
from fiches.kinds import Kind
from fiches.models import Fiche, FicheFacet
from fiches.querysets import FicheQuerySet

FACETS = {
    "kind": gettext_lazy("Kind"),
    "topic": gettext_lazy("Topic"),
    "phase": gettext_lazy("Phase"),
    "sector": gettext_lazy("Sector"),
    "level": gettext_lazy("Governance level"),
    "country": gettext_lazy("Country"),
    "language": gettext_lazy("Language available"),
}

SORTS = {
    "newest": pgettext_lazy("sort by", "newest first"),
    "changed": pgettext_lazy("sort by", "recently changed"),
    "title": pgettext_lazy("sort by", "title"),
}


class Listing:
    """One state of the list of fiches, in one language."""

    def __init__(self, query: QueryDict, language: str, path: str, user: Any = None) -> None:
        self.language, self.path = language, path
        self.tree: Tree = read_tree(language)
        self.labels = self.value_labels()
        self.selection = facets.read_selection(query, self.labels)
        self.sort = query.get("sort") if query.get("sort") in SORTS else "newest"
        self.records = Fiche.objects.visible_to(user)
        self.rows = FicheFacet.objects.all()
        found = self.selection.narrow(self.records, self.rows)
        paginator = Paginator(ordered(found, self.sort, language), lists.PAGE_SIZE)
        self.page = lists.paginate(paginator, lists.page_number(query))
        self.total = paginator.count

    def value_labels(self) -> dict[str, dict[str, str]]:
        """Every known value of every facet with its label."""
        return {
            "kind": {value: str(label) for value, label in Kind.choices},
            "topic": self.tree.labels,
            "phase": {value: str(label) for value, label in Phase.choices},
            "sector": {value: str(label) for value, label in Sector.choices},
            "level": {value: str(label) for value, label in GovernanceLevel.choices},
            "country": dict(countries),
            "language": dict(LANGUAGES),
        }

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The filters in force."""
        return dict(self.selection.chosen)

    @property
    def sort_parameter(self) -> str:
        """The sorting as it stands in addresses: nothing for the usual one."""
        return "" if self.sort == "newest" else self.sort

    def facets(self) -> list[FacetView]:
        """All facets with values that lead somewhere or are chosen, with their counts."""
        counts = facets.count(self.records, self.rows, self.selection, FACETS)
        views = []
        for name, label in FACETS.items():
            options = list(self.topic_options(counts[name]) if name == "topic" else self.options(name, counts[name]))
            if options:
                views.append(FacetView(name, str(label), options))
        return views

    def options(self, name: str, counts: dict[str, int]) -> Iterator[Option]:
        """The options of a flat facet: countries by their names, the rest in the order of its list."""
        chosen = self.chosen.get(name, ())
        for value, label in self.labels[name].items():
            if counts.get(value) or value in chosen:
                yield Option(value, label, counts.get(value, 0), value in chosen)

    def topic_options(self, counts: dict[str, int]) -> Iterator[Option]:
        """Topics below their top concept, one level deep; deeper ones join the level below the top. One with two tops
        stands below the first: there is one box for one topic."""
        chosen = self.chosen.get("topic", ())
        placed: set[str] = set()
        for top in self.tree.tops():
            below = [key for key in self.tree.labels if top in self.tree.ancestors(key) and key not in placed]
            placed.update(below)
            shown = [key for key in self.tree.by_label(below) if counts.get(key) or key in chosen]
            if counts.get(top) or top in chosen or shown:
                yield self.topic_option(top, counts, chosen, 0)
                yield from (self.topic_option(key, counts, chosen, 1) for key in shown)

    def topic_option(self, key: str, counts: dict[str, int], chosen: tuple[str, ...], depth: int) -> Option:
        """One topic as an option."""
        return Option(key, self.tree.labels[key], counts.get(key, 0), key in chosen, depth)

    def empty(self) -> SimpleNamespace | None:
        """What to say where nothing is left: what each filter, taken away, would bring back."""
        if self.total:
            return None
        suggestions = []
        for chip in self.chips():
            rest = facets.read_selection(QueryDict(chip.remove_url.partition("?")[2]), self.labels)
            number = rest.narrow(self.records, self.rows).count()
            if number:
                label = _("without “%(filter)s”") % {"filter": chip.label}
                suggestions.append(SimpleNamespace(label=label, url=chip.remove_url, count=number))
        if self.selection.chosen:
            text = _("No fiche meets all of these filters. Take one away:")
        else:
            text = _("There are no fiches yet.")
        return SimpleNamespace(text=text, suggestions=suggestions)

    def chips(self) -> list[SimpleNamespace]:
        """What is chosen, each removable."""
        return lists.chips(self.path, self.chosen, self.labels, sort=self.sort_parameter)

    def context(self) -> dict[str, Any]:
        """What the template of the list needs."""
        return {
            "cards": cards(self.page.object_list, self.language),
            "total": self.total,
            "facets": self.facets(),
            "chips": self.chips(),
            "clear_url": lists.address(self.path, {}, sort=self.sort_parameter),
            "sorts": [
                SimpleNamespace(value=value, label=label, selected=value == self.sort) for value, label in SORTS.items()
            ],
            "pagination": lists.pagination(self.page, self.path, self.chosen, sort=self.sort_parameter),
            "empty": self.empty(),
        }


def ordered(records: FicheQuerySet, sort: str, language: str, today: datetime.date | None = None) -> FicheQuerySet:
    """``records`` in the order asked for; those unconfirmed for long sink (records.md), ties by code."""
    limit = (today or timezone.localdate()) - UNCONFIRMED_AFTER
    stale = Case(When(review_by__lt=limit, then=Value(True)), default=Value(False), output_field=BooleanField())
    key = {"newest": "-published_at", "changed": "-changed_at", "title": f"sort_key_{language}"}[sort]
    return records.annotate(stale=stale).order_by("stale", key, "code_id")
