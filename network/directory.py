"""The directory: the authorities under filters, in an order, page by page. Everything from the query string alone."""

from __future__ import annotations

from array import array
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import QueryDict
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from django_countries import countries
from pyroaring import BitMap

from clavet.cache.kept import kept
from clavet.languages import LANGUAGES
from clavet.publishing import facets
from clavet.publishing.facet_values import GovernanceLevel
from clavet.publishing.naming import sort_key
from clavet.publishing.ordering import Ordered
from clavet.search import facet_store
from clavet.search.positions import position_of
from clavet.vocabulary.tree import Tree, read_tree
from clavet.web import lists
from clavet.web.facet_views import options, topic_options
from clavet.web.lists import FacetView
from network import finding
from network.boxes import read_box
from network.cards import cards_of
from network.chart import chart
from network.facts import Kind, Size, Urbanisation
from network.models import Authority
from network.places import points, tally

LONGEST_QUERY = 200
FACETS = {
    "country": gettext_lazy("Country"),
    "authority_kind": gettext_lazy("Kind of authority"),
    "size": gettext_lazy("Size of the authority"),
    "urbanisation": gettext_lazy("Degree of urbanisation"),
    "level": gettext_lazy("Governance level"),
    "working_language": gettext_lazy("Working language"),
    "offered": gettext_lazy("Topic offered"),
    "sought": gettext_lazy("Topic sought"),
    "standing": gettext_lazy("In the network"),
}
TOPICS = ("offered", "sought")
SORTS = {
    "name": pgettext_lazy("sort by", "name"),
    "size": pgettext_lazy("sort by", "largest first"),
    "joined": pgettext_lazy("sort by", "joined last"),
}


@kept
def known_values(language: str) -> tuple[Tree, dict[str, dict[str, str]]]:
    """The topics, and every known value of every facet with its label, in ``language`` (that of the moment)."""
    tree = read_tree(language)
    closed = {
        "authority_kind": Kind.choices,
        "size": Size.choices,
        "urbanisation": Urbanisation.choices,
        "level": GovernanceLevel.choices,
        "working_language": LANGUAGES,
        "standing": [
            (Authority.Status.MEMBER.value, _("member of the network")),
            (Authority.Status.LISTED.value, _("listed, not a member")),
            (Authority.Status.FORMER.value, _("former member")),
        ],
    }
    labels = {name: {value: str(label) for value, label in choices} for name, choices in closed.items()}
    return tree, labels | {"country": dict(countries)} | dict.fromkeys(TOPICS, tree.labels)


@kept
def order(sort: str, language: str) -> array[int]:
    """The positions of all visible authorities in the order asked for (a key of ``SORTS``); ties by code."""
    visible = Authority.objects.visible()
    if sort == "name":
        rows = visible.order_by("code_id").values_list("code_id", "own_name", f"other_name_{language}")
        codes = [code for code, *_names in sorted(rows, key=lambda row: sort_key(row[2] or row[1]))]
    else:
        column = {"size": "population", "joined": "joined_on"}[sort]
        codes = visible.order_by(F(column).desc(nulls_last=True), "code_id").values_list("code_id", flat=True)
    return array("I", [position_of(code) for code in codes])


class Directory:
    """One state of the directory, in one language."""

    def __init__(self, query: QueryDict, language: str, path: str) -> None:
        self.language, self.path, self.query = language, path, query
        self.tree, self.labels = known_values(language)
        self.selection = facets.read_selection(query, self.labels)
        self.text = " ".join(query.get("q", "")[:LONGEST_QUERY].replace("\0", " ").split())
        self.box = read_box(query.get("box", ""))
        self.sort = query.get("sort") if query.get("sort") in SORTS else "name"
        self.has_map = query.get("view") == "map"
        self.positions = facet_store.positions()
        everything = facets.of_room(self.positions, finding.PREFIX)
        self.named = everything & finding.named(self.text, language) if self.text else everything
        self.records = self.within(self.named)
        self.found = self.selection.narrow(self.records, self.positions)

    def within(self, records: BitMap) -> BitMap:
        """Those of ``records`` that lie in the box, if one is asked for."""
        if self.box is None:
            return records
        return BitMap(
            position
            for position, point in points().items()
            if (point.longitude, point.latitude) in self.box and position in records
        )

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The filters in force."""
        return dict(self.selection.chosen)

    @property
    def more(self) -> dict[str, str]:
        """What addresses keep beside filters: words, box, order, whether a map is shown."""
        return {
            "q": self.text,
            "box": str(self.box or ""),
            "sort": "" if self.sort == "name" else self.sort,
            "view": "map" if self.has_map else "",
        }

    def facets(self) -> list[FacetView]:
        """All facets with values that lead somewhere or are chosen, with their counts."""
        counts = facets.count(self.records, self.positions, self.selection, FACETS)
        views = []
        for name, label in FACETS.items():
            here = self.chosen.get(name, ())
            shown = (
                topic_options(self.tree, counts[name], here)
                if name in TOPICS
                else options(self.labels[name], counts[name], here)
            )
            views.append(FacetView(name, str(label), list(shown)))
        return [view for view in views if view.options]

    def chips(self) -> list[SimpleNamespace]:
        """What is chosen, each removable; the same topic may be both offered and sought, and says which."""
        labels = {
            **self.labels,
            "offered": {key: _("offers: %(topic)s") % {"topic": label} for key, label in self.tree.labels.items()},
            "sought": {key: _("seeks: %(topic)s") % {"topic": label} for key, label in self.tree.labels.items()},
        }
        found = lists.chips(self.path, self.chosen, labels, **self.more)
        for name, label in (("q", _("named “%(words)s”") % {"words": self.text}), ("box", _("in a part of the map"))):
            if self.more[name]:
                rest = lists.address(self.path, self.chosen, **{**self.more, name: ""})
                found.append(SimpleNamespace(label=label, remove_url=rest))
        return found

    def empty(self) -> SimpleNamespace | None:
        """What to say where nothing is left: what each filter, taken away, would bring back."""
        if self.found:
            return None
        suggestions = []
        for chip in self.chips():
            query = QueryDict(chip.remove_url.partition("?")[2])
            number = len(Directory(query, self.language, self.path).found)
            if number:
                label = _("without “%(filter)s”") % {"filter": chip.label}
                suggestions.append(SimpleNamespace(label=label, url=chip.remove_url, count=number))
        if self.chips():
            text = _("No authority meets all of this. Take something away:")
        else:
            text = _("There are no authorities yet.")
        return SimpleNamespace(text=text, suggestions=suggestions)

    def context(self) -> dict[str, Any]:
        """What the template of the list needs."""
        paginator = Paginator(Ordered(self.found, order(self.sort, self.language)), lists.PAGE_SIZE)
        page = lists.paginate(paginator, lists.page_number(self.query))
        return {
            "cards": cards_of(page.object_list, self.language),
            "number": page.number,
            "total": len(self.found),
            "tally": tally(len(self.found)),
            "query": self.text,
            "selection": list(self.chosen.items()),
            "facets": self.facets(),
            "chips": self.chips(),
            "kept": [(name, value) for name, value in self.more.items() if value and name != "sort"],
            "clear_url": lists.address(self.path, {}, sort=self.more["sort"], view=self.more["view"]),
            "chart": chart(self.found, self.box, self.path, self.chosen, self.more) if self.has_map else None,
            "views": [
                SimpleNamespace(
                    label=label,
                    url=lists.address(self.path, self.chosen, **{**self.more, "view": view}),
                    current=view == self.more["view"],
                )
                for view, label in (("", _("List")), ("map", _("Map and list")))
            ],
            "sorts": [
                SimpleNamespace(value=value, label=label, selected=value == self.sort) for value, label in SORTS.items()
            ],
            "pagination": lists.pagination(page, self.path, self.chosen, **self.more),
            "empty": self.empty(),
        }
