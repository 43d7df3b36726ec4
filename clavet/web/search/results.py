"""One page of results, as a reader sees it: hits with the reason for each, filters, ways on where nothing was found."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, ngettext
from pyroaring import BitMap

from clavet.cache.kept import kept
from clavet.languages import own_name
from clavet.publishing import facets
from clavet.publishing.ordering import unconfirmed
from clavet.search import facet_store, highlighting, ranking
from clavet.search.concepts import read_labels
from clavet.search.finding import search
from clavet.search.positions import code_of, position_of
from clavet.search.query import reading_of
from clavet.vocabulary.tree import Tree, read_tree
from clavet.web import lists
from clavet.web.facet_views import FACETS, facet_views, value_labels
from clavet.web.rooms import ROOMS


@kept
def known_values(language: str) -> tuple[Tree, dict[str, dict[str, str]]]:
    """The topics, and every known value of every facet of all rooms with its label, in ``language`` (that of the
    moment)."""
    tree = read_tree(language)
    return tree, value_labels(tree, {key: label for room in ROOMS for key, label in room.kinds().items()})


class Results:
    """What a search shows, from the query string alone."""

    def __init__(self, query: QueryDict, language: str, path: str) -> None:
        self.language, self.path = language, path
        self.tree, self.labels = known_values(language)
        self.selection = facets.read_selection(query, self.labels)
        self.positions = facet_store.positions()
        self.outcome = search(query.get("q", ""), language, read_labels(), self.positions)
        self.match = self.outcome.match
        self.text = self.outcome.typed.text
        self.looked: dict[str, highlighting.Looked] = {}
        within = self.selection.narrow(self.match.everything, self.positions)
        stale = unconfirmed(self.positions, timezone.localdate())
        self.own = ranking.own_order(self.match, within, stale)
        self.others = ranking.other_order(self.match, within)
        paginator = Paginator([*self.own, *self.others], lists.PAGE_SIZE)
        self.page = lists.paginate(paginator, lists.page_number(query))

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The filters in force."""
        return dict(self.selection.chosen)

    @property
    def total(self) -> int:
        """How many records are found, once each."""
        return len(self.own) + len(self.others)

    def context(self) -> dict[str, Any]:
        """What the template needs."""
        own, others = self.hits()
        counts = facets.count(self.match.everything, self.positions, self.selection, FACETS)
        return {
            "query": self.text,
            "asked": self.outcome.typed.asks,
            "answered": self.match.query.text if self.outcome.corrected else "",
            "own": own,
            "others": others,
            "total": self.total,
            "total_own": len(self.own),
            "tally": self.tally(),
            "other_topics": self.named_topics if others else [],
            "facets": facet_views(self.tree, self.labels, counts, self.chosen) if self.match.everything else [],
            "chips": self.chips(),
            "clear_url": lists.address(self.path, {}, q=self.text),
            "pagination": lists.pagination(self.page, self.path, self.chosen, q=self.text),
            "empty": self.empty(),
        }

    def chips(self) -> list[SimpleNamespace]:
        """What is chosen, each removable."""
        return lists.chips(self.path, self.chosen, self.labels, q=self.text)

    def tally(self) -> str:
        """How much was found, in words."""
        if not self.others:
            return ngettext("%(number)d result", "%(number)d results", self.total) % {"number": self.total}
        in_own = ngettext("%(number)d in this language", "%(number)d in this language", len(self.own))
        in_others = ngettext("%(number)d in other languages", "%(number)d in other languages", len(self.others))
        return f"{in_own % {'number': len(self.own)}}, {in_others % {'number': len(self.others)}}"

    # ---------------------------------------------------------------- hits

    def hits(self) -> tuple[list[SimpleNamespace], list[SimpleNamespace]]:
        """The hits of this page: those in the reader's language, and the others."""
        positions: Sequence[int] = self.page.object_list
        codes = [code_of(position) for position in positions]
        cards = {card.code: card for room in ROOMS for card in room.cards(codes, self.language)}
        hits = [
            self.hit(cards[code], own=position in self.match.own)
            for code, position in zip(codes, positions, strict=True)
            if code in cards
        ]
        self.add_passages([hit for hit in hits if hit.own and not hit.shows and self.has_words(hit.card.code)])
        return [hit for hit in hits if hit.own], [hit for hit in hits if not hit.own]

    def has_words(self, code: str) -> bool:
        """Whether a text has any of the words, and is not found by its topic alone."""
        position = position_of(code)
        return any(position in entry.anywhere for entry in self.match.evidence)

    def hit(self, card: Any, *, own: bool) -> SimpleNamespace:
        """A card with what was looked for marked in it, and why it is here."""
        looked = self.looked_for(card.lang)
        title, in_title = highlighting.marked(card.title.value, looked)
        summary, in_summary = highlighting.marked(card.summary.value, looked)
        reasons = self.own_reasons(card.code) if own else self.other_reasons(card.code)
        return SimpleNamespace(
            card=card, own=own, title=title, summary=summary, shows=bool(in_title or in_summary), reasons=reasons
        )

    def looked_for(self, language: str) -> highlighting.Looked:
        """What texts of a language are searched for; worked out once for all hits in it."""
        if language not in self.looked:
            self.looked[language] = highlighting.looked_for(reading_of(self.match.query, language))
        return self.looked[language]

    def own_reasons(self, code: str) -> list[SimpleNamespace]:
        """Where the words of the query stand in a record that is found in the reader's language."""
        position, evidence = position_of(code), self.match.evidence
        places = [
            (_("title"), any(position in entry.title for entry in evidence)),
            (_("summary"), any(position in entry.summary for entry in evidence)),
            (_("text"), any(position in entry.anywhere for entry in evidence)),
        ]
        found = [label for label, here in places if here]
        # Every word of title and summary is in the text as well: it is named where it is the only place.
        found = found if found == [_("text")] else [label for label in found if label != _("text")]
        return [SimpleNamespace(label=label, url="") for label in found] + self.topic_reasons(position)

    def other_reasons(self, code: str) -> list[SimpleNamespace]:
        """The topic that the query names and the record carries, or the language whose text has its words."""
        position = position_of(code)
        found = self.topic_reasons(position)
        if not found:
            found = [
                SimpleNamespace(label=_("text in %(language)s") % {"language": own_name(language)}, url="")
                for language, records in self.match.by_language.items()
                if position in records
            ][:1]
        return found

    def topic_reasons(self, position: int) -> list[SimpleNamespace]:
        """The topics that the query names and the record carries."""
        return [topic for topic in self.named_topics if position in self.topic_positions(topic.concept)]

    def topic_positions(self, concept: str) -> BitMap:
        """The records that carry a topic or one narrower than it."""
        return self.positions.get("topic", {}).get(concept, BitMap())

    @cached_property
    def named_topics(self) -> list[SimpleNamespace]:
        """The topics that the query names, as links."""
        concepts = dict.fromkeys(span.concept for span in self.match.spans if span.concept in self.tree.labels)
        return [
            SimpleNamespace(
                concept=concept,
                label=_("topic: %(topic)s") % {"topic": self.tree.labels[concept]},
                name=self.tree.labels[concept],
                url=reverse("vocabulary:concept", args=[concept]),
            )
            for concept in concepts
        ]

    def add_passages(self, hits: list[SimpleNamespace]) -> None:
        """Where neither title nor summary shows what was looked for, the passage of the text that does."""
        looked = self.looked_for(self.language)
        codes = [hit.card.code for hit in hits]
        bodies = {code: body for room in ROOMS for code, body in room.bodies(codes, self.language).items()}
        for hit in hits:
            found = highlighting.passage(bodies.get(hit.card.code, ""), looked)
            hit.summary = found or hit.summary

    # ---------------------------------------------------------------- nothing found

    def empty(self) -> SimpleNamespace | None:
        """What helps where nothing was found: nearer words, fewer words or filters, broader topics."""
        if self.total or not self.outcome.typed.asks:
            return None
        return SimpleNamespace(
            nearest=[SimpleNamespace(text=text, url=self.address(text)) for text in self.outcome.nearest],
            fewer=[
                SimpleNamespace(text=offer.text, url=self.address(offer.text), count=offer.total)
                for offer in self.outcome.fewer
            ],
            without_filters=len(self.match.everything),
            broader=self.broader(),
        )

    def address(self, text: str) -> str:
        """The page that searches for something else, with the filters kept."""
        return lists.address(self.path, self.chosen, q=text)

    def broader(self) -> list[SimpleNamespace]:
        """The topics that the query names, and those broader than them."""
        named = [span.concept for span in self.match.spans]
        wider = [other for concept in named for other in self.tree.broader.get(concept, [])]
        return [
            SimpleNamespace(label=self.tree.labels[key], url=reverse("vocabulary:concept", args=[key]))
            for key in dict.fromkeys([*named, *wider])
            if key in self.tree.labels
        ]
