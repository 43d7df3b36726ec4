"""Some records of a kind side by side: one column each, one row for each thing to say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from clavet.languages import own_name
from clavet.library.cards import Card, cards_in_order, marks
from clavet.library.collecting import codes_in
from clavet.library.kinds import Library
from clavet.library.page import Material
from clavet.library.rooms import newest_on
from clavet.publishing import documents, reading
from clavet.publishing.models import Translation

LEAST, MOST = 2, 4
# How many others on the same topic are offered.
OFFERED = 6
# More codes than anybody types are not worked through.
MOST_READ = 20


@dataclass(frozen=True)
class Line:
    """One thing to say of one record. ``value`` is a text, or HTML; ``more`` the address where the text goes on."""

    label: str
    value: SafeString | str
    lang_attribute: SafeString | str = ""
    tone: str = ""
    link: str = ""
    more: str = ""


def address(library: Library, codes: Sequence[str]) -> str:
    """Where records of a kind are laid side by side, in the language of the moment."""
    query = urlencode([("code", code) for code in codes])
    return f"{library.url('compare')}?{query}" if query else library.url("compare")


class Comparison:
    """Those records of a kind that a query names, as far as the public may read them."""

    def __init__(self, library: Library, query: QueryDict, language: str) -> None:
        self.library, self.language = library, language
        given = codes_in(query.getlist("code"))[:MOST_READ]
        self.materials = materials(library, given[:MOST], language)
        self.codes = [material.record.code_id for material in self.materials]
        self.left_out = given[MOST:]
        self.missing = [code for code in given[:MOST] if code not in self.codes]

    def columns(self) -> list[SimpleNamespace]:
        """The heads of the columns, each with the address of the comparison without it."""
        today = timezone.localdate()
        return [
            SimpleNamespace(
                code=material.record.code_id,
                title=material.text("title"),
                url=material.record.url_in(self.language),
                marks=marks(material.choice, material.record.is_example, None, today),
                language=foreign(material.choice),
                remove_url=address(self.library, [code for code in self.codes if code != material.record.code_id]),
            )
            for material in self.materials
        ]

    def rows(self) -> list[SimpleNamespace]:
        """The lines of all records, one row for each of which any has something to say."""
        by_record = self.library.comparing.lines(self.materials)
        return [
            SimpleNamespace(label=lines[0].label, lines=lines)
            for lines in zip(*by_record, strict=True)
            if any(line.value for line in lines)
        ]

    @cached_property
    def offered(self) -> list[SimpleNamespace]:
        """The newest others on the first topic of the first, each with the address of the comparison with it."""
        topics = [topic for material in self.materials for topic in material.record.topic_order]
        if not topics or len(self.codes) >= MOST:
            return []
        newest = newest_on(self.library.prefix, topics[0], self.language)[: OFFERED + MOST]
        others: list[Card] = cards_in_order([code for code in newest if code not in self.codes], self.language)
        return [
            SimpleNamespace(title=card.title, code=card.code, url=address(self.library, [*self.codes, card.code]))
            for card in others[:OFFERED]
        ]


def materials(library: Library, codes: Sequence[str], language: str) -> list[Material]:
    """What the public may read of these records, in their order: a fixed number of queries."""
    wanted = [code for code in codes if code.startswith(library.prefix)]
    found = library.model.objects.visible_to(None, archived=True).with_rows().filter(code_id__in=wanted)
    records = {record.code_id: record for record in found}
    translations: dict[str, list[Translation]] = {code: [] for code in records}
    for translation in Translation.objects.current().filter(code_id__in=records).defer("document"):
        translations[translation.code_id].append(translation)
    now, made = timezone.now(), []
    for record in (records[code] for code in wanted if code in records):
        choice = reading.choose(record.source_language, translations[record.code_id], language, now)
        translated = documents.translation_document(record, choice.head) if choice.translation else None
        made.append(Material(record, record.version, documents.source_document(record), translated, choice))
    return made


def foreign(choice: reading.Choice) -> SimpleNamespace | None:
    """The language of what is not in the page's; ``None`` where all is."""
    if choice.body == choice.page:
        return None
    return SimpleNamespace(code=choice.body, name=own_name(choice.body))
