"""What a reader may be about to type: topics first, then titles."""

from __future__ import annotations

from types import SimpleNamespace

from django.urls import reverse
from pyroaring import BitMap

from clavet.search import facet_store
from clavet.search.backends import Lookup
from clavet.search.concepts import read_labels
from clavet.search.lookups import find
from clavet.search.positions import code_of
from clavet.search.query import LONGEST, read, reading_of
from clavet.vocabulary.tree import read_tree
from clavet.web.rooms import ROOMS

SHORTEST, TOPICS, TITLES = 2, 4, 5


def topics(typed: str, language: str) -> list[SimpleNamespace]:
    """Topics that begin so and that records carry, each with its page and the number of its records."""
    if len(typed.strip()) < SHORTEST:
        return []
    labels, carried = read_tree(language).labels, facet_store.positions().get("topic", {})
    found = read_labels().beginning_with(read(typed).text, language, 4 * TOPICS)
    return [
        SimpleNamespace(
            label=labels[item.concept],
            also=item.label if item.label.casefold() != labels[item.concept].casefold() else "",
            url=reverse("vocabulary:concept", args=[item.concept]),
            count=len(carried[item.concept]),
        )
        for item in found
        if item.concept in carried and item.concept in labels
    ][:TOPICS]


def titles(typed: str, language: str) -> list[SimpleNamespace]:
    """Records whose title in the reader's language has these words, the last of them perhaps unfinished."""
    text = read(typed[:LONGEST]).text
    words = reading_of(read(text), language).words if len(text) >= SHORTEST else ()
    if not words:
        return []
    *whole, last = words
    lookups = [Lookup("title", tuple(language + key for key in word.keys)) for word in whole if word.keys]
    lookups.append(Lookup("title_words", (language + last.surface,), prefix=True))
    answers = find(lookups)
    records = list(BitMap.intersection(*(answers[lookup] for lookup in lookups)))[:TITLES]
    codes = [code_of(position) for position in records]
    return [
        SimpleNamespace(title=card.title, url=card.url, kind=card.kind)
        for room in ROOMS
        for card in room.cards(codes, language)
    ]
