"""What people write into cells, as form fields want it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from clavet.publishing.fields import MonthField
from clavet.tables.findings import Finding
from clavet.tables.kinds import Column
from clavet.tables.table import SEPARATOR, Table, column_letters

BETWEEN = re.compile(r"[;\n]+")
FIRST_OF_MONTH = re.compile(r"(\d{4}-\d\d)-01")
# Longer lists of values are looked up elsewhere: topics in the vocabulary, countries in ISO 3166.
MOST_EXPLAINED = 20


def takes_several(field: forms.Field) -> bool:
    """Whether several values may stand in a cell for this field."""
    return isinstance(field, forms.MultipleChoiceField) or getattr(field, "takes_several", False)


def by_words(field: forms.Field) -> dict[str, str]:
    """The values of a closed list by what they are called in the language of the moment, and by themselves."""
    choices = [(str(value), str(label)) for value, label in getattr(field, "choices", ()) if value not in ("", None)]
    return {label.casefold(): value for value, label in choices} | {value.casefold(): value for value, _ in choices}


def value_of(field: forms.Field, text: str, known: dict[str, str]) -> Any:
    """What a cell says, as ``field`` is to be given it; ``known`` are the words of ``by_words``. Nothing is checked."""
    text = text.strip()
    if takes_several(field):
        parts = [part.strip() for part in BETWEEN.split(text)]
        return [known.get(part.casefold(), part) for part in parts if part]
    if isinstance(field, MonthField):
        # A spreadsheet makes a day of a month that somebody types.
        found = FIRST_OF_MONTH.fullmatch(text)
        return found[1] if found else text
    return known.get(text.casefold(), text)


def column_of(name: str, field: forms.Field, *, required: bool) -> Column:
    """How the template explains a column that is read through ``field``."""
    choices = [str(value) for value, _label in getattr(field, "choices", ()) if value not in ("", None)]
    notes = []
    if takes_several(field):
        notes.append(_("Several, separated by semicolons."))
    if choices and len(choices) <= MOST_EXPLAINED:
        notes.append(SEPARATOR.join(choices))
    notes.append(str(field.help_text))
    return Column(name, str(field.label), required, " ".join(note for note in notes if note))


def heading_problems(table: Table, known: Iterable[str], required: Sequence[str]) -> Iterator[Finding]:
    """Columns that nobody knows, and such as are needed and not there."""
    names = list(known)
    for index, heading in enumerate(table.headings):
        if heading and heading not in names:
            near = difflib.get_close_matches(heading, names, n=1)
            why = _("There is no such column. Did you mean “%(near)s”?") if near else _("There is no such column.")
            yield Finding(1, heading, why % {"near": near[0]} if near else why, column_letters(index))
    for name in required:
        if name not in table.headings:
            yield Finding(1, name, _("This column is missing."))
