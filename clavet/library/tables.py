"""Lists of records as tables to take away: what readers see on cards and in facets, in their language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, override, pgettext

from clavet.languages import CODES
from clavet.library.cards import Card, cards
from clavet.library.kinds import Library
from clavet.library.listing import known_values
from clavet.publishing import facets
from clavet.publishing.effects import batched
from clavet.publishing.facet_values import Licence
from clavet.tables.table import Table, several
from clavet.web.meta import absolute

# More than so many records are not a list that somebody reads; whoever wants all of them takes the interchange.
MOST = 1000


def rows_of(library: Library, codes: Sequence[str], language: str) -> Table:
    """The public records of ``library`` behind ``codes``, in this order, as a table in ``language``.

    What is not public, or of another kind, is left out; so is what comes after the first ``MOST``.
    """
    wanted = [code for code in dict.fromkeys(codes) if code[:2] == library.prefix][:MOST]
    found: dict[str, list[str]] = {}
    with override(language):
        _tree, labels = known_values(library.prefix, language)
        for some in batched(wanted):
            found |= rows_by_code(library, some, language, labels)
        return Table(headings(library), [found[code] for code in wanted if code in found])


def headings(library: Library) -> list[str]:
    """What the columns are called in the language of the moment."""
    return [
        capfirst(_("code")), _("Title"), _("Summary"), pgettext("column of a table", "Language of the text"),
        *(str(label) for label in library.facets.values()),
        capfirst(_("published at")), capfirst(_("changed at")), _("Licence"),
        pgettext("column of a table", "Marks"), pgettext("column of a table", "Address"),
    ]  # fmt: skip


def rows_by_code(
    library: Library, codes: Sequence[str], language: str, labels: Mapping[str, Mapping[str, str]]
) -> dict[str, list[str]]:
    """The rows of some records by their codes, in a fixed number of queries."""
    records = library.model.objects.visible_to().filter(code_id__in=codes)
    columns = ("code_id", "published_at", "changed_at", "licence", "topic_order")
    about = {row["code_id"]: row for row in records.values(*columns)}
    values: dict[str, facets.Values] = defaultdict(dict)
    values |= facets.rows_of(library.model, codes)
    return {
        card.code: row_of(card, about[card.code], values[card.code], labels)
        for card in cards(library, records, language)
        if card.code in about
    }


def row_of(
    card: Card, about: Mapping[str, Any], values: facets.Values, labels: Mapping[str, Mapping[str, str]]
) -> list[str]:
    """One record."""
    return [
        card.code,
        card.title.value,
        card.summary.value,
        card.title.lang,
        *(facet_cell(name, known, about, values) for name, known in labels.items()),
        day(about["published_at"]),
        day(about["changed_at"]),
        str(Licence(about["licence"]).label),
        several([mark.label for mark in card.marks]),
        absolute(card.url),
    ]


def facet_cell(name: str, known: Mapping[str, str], about: Mapping[str, Any], values: facets.Values) -> str:
    """The values of a facet: topics in the order of the record and without those above them, the rest as in lists."""
    if name == "topic":
        return several([known[topic] for topic in about["topic_order"] if topic in known])
    if name == "language":
        return several([code for code in CODES if code in values.get(name, ())])
    return several([label for value, label in known.items() if value in values.get(name, ())])


def day(moment: Any) -> str:
    """The day of a moment as spreadsheets of all languages read it; nothing where there is none."""
    return localtime(moment).date().isoformat() if moment else ""
