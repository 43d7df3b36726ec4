"""The list of a kind of record: facets, sorting, pages. Everything the view shows, from the query string alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _, pgettext_lazy

from clavet.cache.kept import kept
from clavet.library.cards import cards_in_order
from clavet.library.kinds import LIBRARIES, Library
from clavet.publishing import facets
from clavet.publishing.ordering import Ordered, order
from clavet.search import facet_store
from clavet.tables.writing import WRITERS
from clavet.vocabulary.tree import Tree, read_tree
from clavet.web import lists
from clavet.web.facet_views import facet_views, value_labels
from clavet.web.lists import FacetView

SORTS = {
    "newest": pgettext_lazy("sort by", "newest first"),
    "changed": pgettext_lazy("sort by", "recently changed"),
    "title": pgettext_lazy("sort by", "title"),
}


@kept
def known_values(prefix: str, language: str) -> tuple[Tree, dict[str, dict[str, str]]]:
    """The topics, and every known value of every facet of a kind with its label, in ``language`` (that of the
    moment)."""
    library, tree = LIBRARIES[prefix], read_tree(language)
    found = value_labels(tree, library.kinds()) | library.facet_labels()
    return tree, {name: found[name] for name in library.facets}


class Listing:
    """One state of the list of a kind of record, in one language."""

    def __init__(self, library: Library, query: QueryDict, language: str, path: str) -> None:
        self.library, self.language, self.path = library, language, path
        self.tree, self.labels = known_values(library.prefix, language)
        self.selection = facets.read_selection(query, self.labels)
        self.sort = query.get("sort") if query.get("sort") in SORTS else "newest"
        self.positions = facet_store.positions()
        self.records = facets.of_room(self.positions, library.prefix)
        self.narrowing = library.narrowing(query, language)
        if self.narrowing is not None:
            self.records = self.records & self.narrowing.records
        found = self.selection.narrow(self.records, self.positions)
        self.ordered = Ordered(found, order(library.prefix, self.sort, language))
        paginator = Paginator(self.ordered, lists.PAGE_SIZE)
        self.page = lists.paginate(paginator, lists.page_number(query))
        self.total = paginator.count

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The filters in force."""
        return dict(self.selection.chosen)

    @property
    def sort_parameter(self) -> str:
        """The sorting as it stands in addresses: nothing for the usual one."""
        return "" if self.sort == "newest" else self.sort

    @property
    def more(self) -> dict[str, str]:
        """What addresses keep beside the filters."""
        kept = {self.narrowing.parameter: self.narrowing.value} if self.narrowing else {}
        return {**kept, "sort": self.sort_parameter}

    def facets(self) -> list[FacetView]:
        """All facets with values that lead somewhere or are chosen, with their counts."""
        counts = facets.count(self.records, self.positions, self.selection, self.library.facets)
        return facet_views(self.tree, self.labels, counts, self.chosen, self.library.facets)

    def empty(self) -> SimpleNamespace | None:
        """What to say where nothing is left: what each filter, taken away, would bring back."""
        if self.total:
            return None
        suggestions = []
        for chip in self.chips():
            number = Listing(self.library, QueryDict(chip.remove_url.partition("?")[2]), self.language, self.path).total
            if number:
                label = _("without “%(filter)s”") % {"filter": chip.label}
                suggestions.append(SimpleNamespace(label=label, url=chip.remove_url, count=number))
        sentences = self.library.sentences
        text = sentences.none_left if self.chips() else sentences.none
        return SimpleNamespace(text=text, suggestions=suggestions)

    def codes(self, most: int) -> list[str]:
        """The codes of the records in the list, over all its pages, but no more than ``most``."""
        return list(self.ordered[:most])

    def tables(self) -> list[SimpleNamespace]:
        """Where the list is to be had as a file."""
        return [
            SimpleNamespace(
                label=name.upper(), url=lists.address(self.library.url(name), self.chosen, sort=self.sort_parameter)
            )
            for name in WRITERS
            if self.total
        ]

    def chips(self) -> list[SimpleNamespace]:
        """What is chosen, each removable."""
        found = lists.chips(self.path, self.chosen, self.labels, **self.more)
        if self.narrowing:
            url = lists.address(self.path, self.chosen, sort=self.sort_parameter)
            found.append(SimpleNamespace(label=self.narrowing.label, remove_url=url))
        return found

    def context(self) -> dict[str, Any]:
        """What the template of the list needs."""
        return {
            "cards": cards_in_order(self.page.object_list, self.language),
            "total": self.total,
            "tally": self.library.sentences.number(self.total),
            "facets": self.facets,
            "selection": (self.path, *self.selection.chosen.items(), *self.more.items()),
            "kept": [(name, value) for name, value in self.more.items() if value and name != "sort"],
            "narrowed": self.narrowing.html if self.narrowing else "",
            "chips": self.chips(),
            "clear_url": lists.address(self.path, {}, sort=self.sort_parameter),
            "sorts": [
                SimpleNamespace(value=value, label=label, selected=value == self.sort) for value, label in SORTS.items()
            ],
            "pagination": lists.pagination(self.page, self.path, self.chosen, **self.more),
            "empty": self.empty(),
            "tables": self.tables(),
        }
