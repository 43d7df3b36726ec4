"""Authorities in the portal's search: by their names, beside the records."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from clavet.publishing import facets
from clavet.publishing.ordering import Ordered
from clavet.search import facet_store
from clavet.web.lists import address
from clavet.web.search.beside import Beside
from network import finding
from network.cards import cards_of
from network.directory import LONGEST_QUERY, order
from network.places import tally

SHOWN = 3


def found(text: str, language: str) -> Beside | None:
    """The authorities one of whose names has all words of ``text``, in the order of the directory."""
    text = text[:LONGEST_QUERY]
    named = finding.named(text, language)
    if not named:
        return None
    named &= facets.of_room(facet_store.positions(), finding.PREFIX)
    return Beside(
        name="authorities",
        heading=_("Authorities"),
        template="network/_card.html",
        cards=cards_of(Ordered(named, order("name", language))[:SHOWN], language),
        tally=tally(len(named)),
        url=address(reverse("directory:list"), {}, q=text),
    )
