"""The room of the fiches, as home page, menu, concept pages and sitemap see it."""

from __future__ import annotations

from django.db.models import Count
from django.utils.translation import gettext_lazy as _, ngettext

from clavet.publishing.models import Translation
from clavet.publishing.reading import published_languages
from clavet.web.rooms import Room
from clavet.web.sitemap import Entry
from fiches.cards import Card, cards
from fiches.listing import ordered
from fiches.models import Fiche, FicheFacet


def facet_counts(name: str) -> dict[str, int]:
    """How many public fiches have each value of a facet."""
    rows = FicheFacet.objects.filter(name=name, record__in=Fiche.objects.visible_to().values("pk"))
    return dict(rows.order_by().values_list("value").annotate(number=Count("pk")))


def newest(language: str, number: int) -> list[Card]:
    """The newest fiches as cards."""
    return cards(ordered(Fiche.objects.visible_to(), "newest", language)[:number], language)


def cards_of(language: str, concept_id: str, number: int) -> list[Card]:
    """The newest fiches on a topic or one narrower than it."""
    records = Fiche.objects.visible_to().filter(facet_rows__name="topic", facet_rows__value=concept_id)
    return cards(ordered(records, "newest", language)[:number], language)


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
)
