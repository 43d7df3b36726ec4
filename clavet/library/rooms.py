"""The room of a kind of record, as home page, menu, concept pages, search and sitemap see it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from clavet.library.cards import Card, cards_in_order
from clavet.library.kinds import Library
from clavet.publishing import facets
from clavet.publishing.effects import plain
from clavet.publishing.models import Translation
from clavet.publishing.ordering import Ordered, order
from clavet.publishing.reading import published_languages
from clavet.search import facet_store
from clavet.search.positions import code_of
from clavet.web.rooms import Room
from clavet.web.sitemap import Entry


def room_of(library: Library) -> Room:
    """The room that shows the records of ``library``."""
    prefix = library.prefix
    return Room(
        name=library.name,
        label=library.sentences.plural,
        url_name=f"{library.name}:list",
        total=lambda: library.model.objects.visible_to().count(),
        phase_counts=lambda: facet_counts(prefix, "phase"),
        topic_counts=lambda: facet_counts(prefix, "topic"),
        count_label=library.sentences.number,
        newest=lambda language, number: cards_in_order(newest_codes(prefix, language, number), language),
        cards_of=partial(cards_of, prefix),
        sitemap_entries=partial(sitemap_entries, library),
        kinds=library.kinds,
        cards=partial(own_cards, prefix),
        bodies=partial(bodies, library),
    )


def facet_counts(prefix: str, name: str) -> dict[str, int]:
    """How many public records of a kind have each value of a facet."""
    positions = facet_store.positions()
    return facets.count(facets.of_room(positions, prefix), positions, facets.Selection({}), [name])[name]


def newest_codes(prefix: str, language: str, number: int) -> list[str]:
    """The codes of the newest records of a kind."""
    return [code_of(position) for position in order(prefix, "newest", language)[:number]]


def cards_of(prefix: str, language: str, concept_id: str, number: int) -> list[Card]:
    """The newest records on a topic or one narrower than it, as cards."""
    return cards_in_order(newest_on(prefix, concept_id, language)[:number], language)


def newest_on(prefix: str, concept_id: str, language: str) -> Ordered:
    """The codes of the public records on a topic or one narrower than it, newest first."""
    positions = facet_store.positions()
    records = facets.Selection({"topic": (concept_id,)}).narrow(facets.of_room(positions, prefix), positions)
    return Ordered(records, order(prefix, "newest", language))


def own_cards(prefix: str, codes: Sequence[str], language: str) -> list[Card]:
    """The cards of those of these records that are of this kind."""
    return cards_in_order([code for code in codes if code.startswith(prefix)], language)


def sitemap_entries(library: Library) -> list[Entry]:
    """Every public record with its address in each language that it has a text in."""
    records = list(library.model.objects.visible_to().order_by("code_id"))
    by_code: dict[str, list[Translation]] = {record.code_id: [] for record in records}
    for translation in Translation.objects.current().defer("document"):
        if translation.code_id in by_code:
            by_code[translation.code_id].append(translation)
    return [
        Entry(
            {
                code: record.url_in(code)
                for code in published_languages(record.source_language, by_code[record.code_id])
            },
            record.changed_at,
        )
        for record in records
    ]


def bodies(library: Library, codes: Sequence[str], language: str) -> dict[str, str]:
    """What public records say in a language beyond title and summary, as plain text, by code."""
    own = [code for code in codes if code.startswith(library.prefix)]
    if not own:
        return {}
    # Running text first: passages are cut from where the words stand first.
    specs = sorted((spec for spec in library.model.shape.texts if not spec.summary), key=lambda spec: not spec.markdown)
    columns = [f"{spec.name}_{language}" for spec in specs]
    rows = library.model.objects.visible_to().filter(code_id__in=own).values_list("code_id", *columns)
    return {code: plain("\n".join(text for text in texts if text)) for code, *texts in rows}
