"""The room of the fiches, as home page, menu, concept pages and sitemap see it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _, ngettext

from clavet.publishing import facets
from clavet.publishing.effects import plain
from clavet.publishing.models import Translation
from clavet.publishing.ordering import Ordered, order
from clavet.publishing.reading import published_languages
from clavet.search import facet_store
from clavet.search.positions import code_of
from clavet.web.rooms import Room
from clavet.web.sitemap import Entry
from fiches.cards import Card, cards_in_order
from fiches.kinds import kind_labels
from fiches.listing import PREFIX
from fiches.models import Fiche
from fiches.shape import FICHE_SHAPE


def facet_counts(name: str) -> dict[str, int]:
    """How many public fiches have each value of a facet."""
    positions = facet_store.positions()
    return facets.count(facets.of_room(positions, PREFIX), positions, facets.Selection({}), [name])[name]


def newest(language: str, number: int) -> list[Card]:
    """The newest fiches as cards."""
    return cards_in_order(newest_codes(language, number), language)


def newest_codes(language: str, number: int) -> list[str]:
    """The codes of the newest fiches."""
    return [code_of(position) for position in order(PREFIX, "newest", language)[:number]]


def cards_of(language: str, concept_id: str, number: int) -> list[Card]:
    """The newest fiches on a topic or one narrower than it."""
    return cards_in_order(newest_on(concept_id, language)[:number], language)


def newest_on(concept_id: str, language: str) -> Ordered:
    """The codes of the public fiches on a topic or one narrower than it, newest first."""
    positions = facet_store.positions()
    records = facets.Selection({"topic": (concept_id,)}).narrow(facets.of_room(positions, PREFIX), positions)
    return Ordered(records, order(PREFIX, "newest", language))


def sitemap_entries() -> list[Entry]:
    """Every public fiche with its address in each language that it has a text in."""
    records = list(Fiche.objects.visible_to().order_by("code_id"))
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


def bodies(codes: Sequence[str], language: str) -> dict[str, str]:
    """What public fiches say in a language beyond title and summary, as plain text, by code."""
    own = [code for code in codes if code.startswith(PREFIX)]
    if not own:
        return {}
    # Running text first: passages are cut from where the words stand first.
    specs = sorted((spec for spec in FICHE_SHAPE.texts if not spec.summary), key=lambda spec: not spec.markdown)
    columns = [f"{spec.name}_{language}" for spec in specs]
    rows = Fiche.objects.visible_to().filter(code_id__in=own).values_list("code_id", *columns)
    return {code: plain("\n".join(text for text in texts if text)) for code, *texts in rows}


ROOM = Room(
    name="fiches",
    label=_("Fiches"),
    url_name="fiches:list",
    total=lambda: Fiche.objects.visible_to().count(),
    phase_counts=lambda: facet_counts("phase"),
    topic_counts=lambda: facet_counts("topic"),
    count_label=lambda number: ngettext("%(number)d fiche", "%(number)d fiches", number) % {"number": number},
    newest=newest,
    cards_of=cards_of,
    sitemap_entries=sitemap_entries,
    kinds=kind_labels,
    cards=cards_in_order,
    bodies=bodies,
)
