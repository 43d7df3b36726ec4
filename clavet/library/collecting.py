"""Lists that visitors put together themselves. We keep none: a list is its address, and what a device remembers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _, pgettext

from clavet.library.cards import Card, cards_in_order
from clavet.publishing.codes import is_code
from clavet.publishing.documents import clean_text
from clavet.web.meta import absolute

MOST = 100
LONGEST_TITLE = 100
# What a spreadsheet would take for a formula at the beginning of a cell (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def codes_in(values: Iterable[str]) -> list[str]:
    """The codes among ``values`` in their order, each once; however they were typed."""
    typed = (value.strip().upper() for value in values)
    return list(dict.fromkeys(code for code in typed if is_code(code)))


@dataclass(frozen=True)
class Collected:
    """A list as its address has it: a title, if the visitor gave one, and codes, of whatever."""

    title: str = ""
    codes: tuple[str, ...] = ()
    is_cut: bool = field(default=False, compare=False)

    @classmethod
    def read(cls, query: QueryDict) -> Collected:
        """The list in a query string; what is no code in it is passed over."""
        codes = codes_in(query.getlist("code"))
        title = " ".join(clean_text(query.get("title", "")).split())[:LONGEST_TITLE]
        return cls(title, tuple(codes[:MOST]), len(codes) > MOST)

    def changed(self, query: QueryDict) -> tuple[str, str] | None:
        """The address after a change asked for in a query string, and the part of that page to go on from; ``None``
        where nothing known is asked."""
        for name, step in (("up", -1), ("down", 1)):
            if query.get(name) in self.codes:
                code = query[name]
                return self.moved(code, step).address, f"{name}-{code}"
        if query.get("away") in self.codes:
            place = self.codes.index(query["away"])
            rest = replace(self, codes=(*self.codes[:place], *self.codes[place + 1 :]))
            return rest.address_with(("gone", query["away"]), ("place", str(place))), "undo"
        return None

    def moved(self, code: str, step: int) -> Collected:
        """The list with a code one place higher or lower; as it is where there is no such place."""
        codes = list(self.codes)
        place = codes.index(code)
        if not 0 <= place + step < len(codes):
            return self
        codes.insert(place + step, codes.pop(place))
        return replace(self, codes=tuple(codes))

    def with_back(self, code: str, place: int) -> Collected:
        """The list with a code that was taken away where it was."""
        codes = [item for item in self.codes if item != code]
        codes.insert(place, code)
        return replace(self, codes=tuple(codes[:MOST]))

    def cards(self, language: str) -> list[Card]:
        """What of it can be read, in its order."""
        return cards_in_order(self.codes, language, archived=True)

    @property
    def code_pairs(self) -> list[tuple[str, str]]:
        """Its codes as parameters."""
        return [("code", code) for code in self.codes]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """All of it as parameters."""
        return [*([("title", self.title)] if self.title else []), *self.code_pairs]

    @property
    def query(self) -> str:
        """The list as a query string."""
        return urlencode(self.pairs)

    @property
    def address(self) -> str:
        """Where it is read, in the language of the moment."""
        return self.address_with()

    def address_with(self, *more: tuple[str, str]) -> str:
        """The same with more in the query."""
        query = "&".join(part for part in (self.query, urlencode(more)) if part)
        return f"{reverse('collecting:list')}?{query}" if query else reverse("collecting:list")


def undo(collected: Collected, query: QueryDict) -> tuple[str, str] | None:
    """The code that has just been taken away, and the address with it back; ``None`` where none has been."""
    found, place = codes_in([query.get("gone", "")]), query.get("place", "")
    if not found or found[0] in collected.codes or not (place.isascii() and place.isdigit() and len(place) < 4):
        return None
    return found[0], collected.with_back(found[0], int(place)).address


def as_csv(cards: list[Card]) -> str:
    """Records of any kind as a table, with the mark by which spreadsheets know UTF-8."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    address = pgettext("column of a table", "Address")
    writer.writerow([capfirst(_("code")), _("Kind"), _("Title"), _("Language"), _("Summary"), _("Topics"), address])
    for card in cards:
        cells = (
            card.code,
            card.kind,
            card.title.value,
            card.title.lang,
            card.summary.value,
            "; ".join(card.topics),
            absolute(card.url),
        )
        writer.writerow([harmless(cell) for cell in cells])
    return "\ufeff" + stream.getvalue()


def harmless(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
