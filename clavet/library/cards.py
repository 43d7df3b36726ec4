"""Records as cards: the few lines in a list by which a reader decides whether to open one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_countries import countries

from clavet.cache.fragments import PARTS
from clavet.languages import CODES
from clavet.library.kinds import LIBRARIES, Library, Owner
from clavet.publishing import reading
from clavet.publishing.facet_values import GovernanceLevel
from clavet.publishing.freshness import State
from clavet.publishing.models import RecordQuerySet, Translation
from clavet.publishing.models.records import UNCONFIRMED_AFTER
from clavet.vocabulary.models import Concept
from clavet.web.texts import Text


@dataclass
class Card:
    """One record in a list."""

    code: str
    url: str
    kind: str
    place: str
    title: Text
    summary: Text
    topics: list[str]
    notes: list[str]
    languages: list[str]
    in_all_languages: bool
    marks: list[SimpleNamespace]
    date: str
    lang: str
    owner: Owner | None = None

    @cached_property
    def html(self) -> SafeString:
        """The card as it stands in lists."""
        return render_to_string("partials/card.html", {"card": self})


# About what a card takes in memory, with its HTML.
CARD_BYTES = 5000
COLUMNS = (
    "pk", "code_id", "source_language", "source_title", "source_summary", "topic_order", "governance_level",
    "countries", "published_at", "review_by", "is_example",
)  # fmt: skip


def cards(library: Library, records: RecordQuerySet, language: str) -> list[Card]:
    """The cards of ``records`` of one kind, in their order, for a page in ``language``: three queries, however many
    there are."""
    columns = [
        *COLUMNS,
        *library.columns,
        f"title_{language}",
        f"summary_{language}",
        *(f"slug_{code}" for code in CODES),
    ]
    rows = list(records.values(*columns))
    translations: dict[str, list[Translation]] = {row["code_id"]: [] for row in rows}
    for translation in Translation.objects.current().filter(code_id__in=translations).defer("document"):
        translations[translation.code_id].append(translation)
    wanted = {topic for row in rows for topic in row["topic_order"]}
    labels = dict(Concept.objects.filter(pk__in=wanted).values_list("id", f"preferred_{language}"))
    owners = library.owners_of(rows, language)
    now = timezone.now()
    return [
        card(library, row, translations[row["code_id"]], labels, language, now, owners.get(row["code_id"]))
        for row in rows
    ]


def cards_in_order(codes: Sequence[str], language: str, *, archived: bool = False) -> list[Card]:
    """The cards of public records, of whatever kind, in the order of ``codes``; what is not public (any more) is left
    out. With ``archived`` also those that have left the lists."""
    name = "card, archived or not" if archived else "card"

    def make(missing: list[tuple[str, str, str]]) -> dict[tuple[str, str, str], Card]:
        made = {}
        for prefix in {code[:2] for _name, code, _language in missing} & LIBRARIES.keys():
            library = LIBRARIES[prefix]
            wanted = [code for _name, code, _language in missing if code.startswith(prefix)]
            records = library.model.objects.visible_to(None, archived=archived).filter(code_id__in=wanted)
            made |= {(name, card.code, language): card for card in cards(library, records, language)}
        return made

    keys = [(name, code, language) for code in codes]
    found = PARTS.many(keys, make, size=lambda _card: CARD_BYTES)
    return [found[key] for key in keys if key in found]


def card(
    library: Library,
    row: dict[str, Any],
    translations: list[Translation],
    labels: dict[str, str],
    language: str,
    now: datetime.datetime,
    owner: Owner | None = None,
) -> Card:
    """One card from the values of a row."""
    choice = reading.choose(row["source_language"], translations, language, now)
    title = text(row, "title", choice)
    summary = text(row, "summary", choice)
    slug = row[f"slug_{language}"] or row[f"slug_{row['source_language']}"] or "-"
    languages = reading.readable_languages(row["source_language"], translations)
    return Card(
        code=row["code_id"],
        url=f"/{language}/{library.name}/{row['code_id']}/{slug}/",
        kind=library.kind_of(row),
        place=(library.place_of or place)(row),
        title=title,
        summary=summary,
        topics=[labels[topic] for topic in row["topic_order"] if topic in labels],
        notes=library.notes_of(row),
        languages=languages,
        in_all_languages=len(languages) == len(CODES),
        marks=marks(choice, row["is_example"], row["review_by"], timezone.localdate(now)),
        date=date_format(timezone.localtime(row["published_at"]), "DATE_FORMAT") if row["published_at"] else "",
        lang=title.lang,
        owner=owner,
    )


def text(row: dict[str, Any], name: str, choice: reading.Choice) -> Text:
    """Title or summary of a row in the language chosen; the source's where it has none there."""
    value = row[f"{name}_{choice.page}"] if choice.head == choice.page else ""
    if value:
        return Text(value, choice.page, choice.page)
    return Text(row[f"source_{name}"], row["source_language"], choice.page)


def place(row: Mapping[str, Any]) -> str:
    """Where and at which level: country names in the language of the moment."""
    parts = [countries.name(code) for code in row["countries"]]
    if row["governance_level"]:
        parts.append(str(GovernanceLevel(row["governance_level"]).label))
    return ", ".join(part for part in parts if part)


def marks(
    choice: reading.Choice, is_example: bool, review_by: datetime.date | None, today: datetime.date
) -> list[SimpleNamespace]:
    """What a reader should know at once: invented, by machine, outdated, summary only, not confirmed for long."""
    found = []
    if is_example:
        found.append(("example", _("Example")))
    if choice.is_machine_made:
        found.append(("machine", _("Machine translation")))
    if choice.state == State.OUTDATED:
        found.append(("outdated", _("Older version")))
    if choice.state == State.SUMMARY:
        found.append(("summary_only", _("Summary only")))
    if review_by and review_by + UNCONFIRMED_AFTER < today:
        found.append(("unconfirmed", _("Not confirmed for long")))
    return [SimpleNamespace(value=value, label=label) for value, label in found]
