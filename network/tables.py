"""Authorities as a table: looked through cell by cell, then made or updated in bulk, with their history."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy
from django_countries import countries
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from clavet.cache import generation
from clavet.languages import CODES
from clavet.publishing import codes, fields
from clavet.publishing.actors import account
from clavet.publishing.effects import batched
from clavet.publishing.facet_values import GovernanceLevel
from clavet.publishing.models import Code
from clavet.tables.findings import Finding
from clavet.tables.kinds import Column, Kind
from clavet.tables.table import Cell, Table, column_letters
from clavet.tables.values import by_words, column_of, heading_problems, value_of
from network.facts import EUROPE, Kind as KindOfAuthority, Urbanisation
from network.models import Authority

BATCH = 500
# NUTS names two countries otherwise than ISO 3166.
NUTS_PREFIX = {"GR": "EL", "GB": "UK"}


def text(label: Any, most: int, *, required: bool = False, **options: Any) -> Callable[[], forms.Field]:
    """A line of at most ``most`` characters."""
    return lambda: forms.CharField(label=label, max_length=most, required=required, **options)


def one_of(label: Any, choices: Any) -> Callable[[], forms.Field]:
    """One of a closed list, or nothing."""
    return lambda: forms.ChoiceField(label=label, choices=[("", "—"), *choices], required=False)


def pattern(label: Any, expression: str, help_text: Any) -> Callable[[], forms.Field]:
    """A code that other registers give."""
    return lambda: forms.RegexField(
        re.compile(rf"^({expression})\Z", re.ASCII), label=label, required=False, help_text=help_text, strip=True
    )


FIELDS: dict[str, Callable[[], forms.Field]] = {
    "own_name": text(gettext_lazy("name in its own language"), 200, required=True),
    "own_language": lambda: fields.LanguageTagField(
        label=gettext_lazy("language of the name"), max_length=3, help_text="ISO 639"
    ),
    **{f"other_name_{code}": text(gettext_lazy("name in this language"), 200, help_text=code) for code in CODES},
    "kind": one_of(gettext_lazy("kind"), KindOfAuthority.choices),
    "governance_level": one_of(gettext_lazy("governance level"), GovernanceLevel.choices),
    "country": lambda: forms.ChoiceField(
        label=gettext_lazy("country"), choices=[(code, name) for code, name in countries if code in EUROPE]
    ),
    "nuts": pattern(
        gettext_lazy("NUTS code"), "[A-Z]{2}[A-Z0-9]{0,3}", gettext_lazy("Begins with the country, such as ITC11.")
    ),
    "lau": pattern(gettext_lazy("LAU code"), "[A-Za-z0-9][A-Za-z0-9_./-]{0,14}", ""),
    "population": lambda: forms.IntegerField(
        label=gettext_lazy("population"), required=False, min_value=0, max_value=100_000_000
    ),
    "population_year": lambda: forms.IntegerField(
        label=gettext_lazy("year of the population"), required=False, min_value=1990, max_value=2100
    ),
    "urbanisation": one_of(gettext_lazy("degree of urbanisation"), Urbanisation.choices),
    "latitude": lambda: fields.CoordinateField(label=gettext_lazy("latitude"), most=90, required=False),
    "longitude": lambda: fields.CoordinateField(label=gettext_lazy("longitude"), most=180, required=False),
    "website": lambda: fields.LinkField(label=gettext_lazy("website"), max_length=200, required=False),
    "facts_source": text(gettext_lazy("where the facts are from"), 300),
}
REQUIRED = ("own_name", "own_language", "country")
NAMES = ("code", *FIELDS)
DEGREES = ("latitude", "longitude")
OTHER_NAMES = tuple(f"other_name_{code}" for code in CODES)


class Cells:
    """Reads cells of one column after another. The same text in the same column is looked at once."""

    def __init__(self) -> None:
        self.fields = {name: make() for name, make in FIELDS.items()}
        self.words = {name: by_words(field) for name, field in self.fields.items()}
        self.read: dict[tuple[str, str], Any] = {}

    def clean(self, name: str, cell: str) -> Any:
        """The value of a cell as the model keeps it. ``ValidationError`` for one that cannot stand there."""
        key = (name, cell)
        if key not in self.read:
            try:
                value = self.fields[name].clean(value_of(self.fields[name], cell, self.words[name]))
                self.read[key] = (Decimal(value) if value else None) if name in DEGREES else value
            except ValidationError as error:
                self.read[key] = error
        found = self.read[key]
        if isinstance(found, ValidationError):
            raise found
        return found


@dataclass
class Row:
    """A row that was read: its number, the authority that it is about (if it stands already), what it says."""

    number: int
    code: str
    said: dict[str, Any]
    authority: Authority | None = None
    # Those that it may mean, where it gives no code.
    candidates: list[Authority] = field(default_factory=list)


@dataclass
class Authorities:
    """What an import of authorities would do."""

    findings: list[Finding] = field(default_factory=list)
    made: list[Row] = field(default_factory=list)
    renewed: list[Row] = field(default_factory=list)
    unchanged: int = 0
    columns: list[str] = field(default_factory=list)

    @property
    def new(self) -> int:
        """How many authorities would be made."""
        return len(self.made)

    @property
    def changed(self) -> int:
        """How many would be updated."""
        return len(self.renewed)

    def write(self, actor: Any) -> None:
        """Make and update them, each with a line in its history."""
        named = [row.code for row in self.made if row.code]
        if named:
            codes.reserve_many("AU", named)
        given = iter(codes.allot_many("AU", len(self.made) - len(named)))
        about = {"batch_size": BATCH, "default_user": account(actor), "default_change_reason": "table"}
        # Every column by name: working out the default of each translated one takes longer than writing the row.
        blank = dict.fromkeys(OTHER_NAMES, "")
        made = [Authority(code_id=row.code or next(given), **{**blank, **row.said}) for row in self.made]
        if made:
            bulk_create_with_history(made, Authority, **about)
        renewed = [row.authority for row in self.renewed if row.authority]
        for row in self.renewed:
            for name, value in row.said.items():
                setattr(row.authority, name, value)
        if renewed:
            bulk_update_with_history(renewed, Authority, self.columns, **about)
        generation.bump()


def check(table: Table) -> Authorities:
    """Hold a table of authorities against what stands."""
    plan = Authorities()
    plan.findings = list(heading_problems(table, NAMES, () if "code" in table.headings else REQUIRED))
    if plan.findings:
        return plan
    plan.columns = [name for name in table.headings if name in FIELDS]
    letters = {heading: column_letters(index) for index, heading in enumerate(table.headings)}
    rows = []
    for row, problems in rows_read(table):
        rows.append(row)
        plan.findings += [Finding(row.number, name, why, letters.get(name, "")) for name, why in problems]
    match(rows)
    found = [
        Finding(row.number, name, why, letters.get(name, ""))
        for row, name, why in (*twice(rows), *strangers(rows, plan.columns), *clashes(rows))
    ]
    plan.findings = sorted({*plan.findings, *found})
    for row in rows:
        sort_out(plan, row)
    return plan


def sort_out(plan: Authorities, row: Row) -> None:
    """Put a row where it belongs: among the new, the changed, or those that say what stands already."""
    if row.authority is None:
        plan.made.append(row)
    elif any(standing(row.authority, name) != value for name, value in row.said.items()):
        plan.renewed.append(row)
    else:
        plan.unchanged += 1


def standing(authority: Authority, name: str) -> Any:
    """What the row of an authority says, as ``Cells`` reads it."""
    value = getattr(authority, name)
    if name in OTHER_NAMES:
        return value or ""
    return value.code if name == "country" else value


def rows_read(table: Table) -> Iterator[tuple[Row, list[tuple[str, str]]]]:
    """Each row with what is wrong in it, by column."""
    cells = Cells()
    for number, values in zip(table.numbers, table.rows, strict=True):
        row, problems = Row(number, "", {}), []
        for name, cell in zip(table.headings, values, strict=True):
            if name == "code":
                row.code = str(cell)
            elif name:
                try:
                    row.said[name] = cells.clean(name, str(cell))
                except ValidationError as error:
                    problems += [(name, message) for message in error.messages]
        yield row, problems + list(together(row.said))


def together(said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What does not fit with something else in the row, by column."""
    country, nuts = said.get("country"), said.get("nuts")
    if country and nuts and not nuts.startswith(NUTS_PREFIX.get(country, country)):
        why = _("The NUTS codes of this country begin with %(prefix)s.")
        yield "nuts", why % {"prefix": NUTS_PREFIX.get(country, country)}
    for one, other in (DEGREES, DEGREES[::-1]):
        if said.get(one) is not None and other in said and said[other] is None:
            yield other, _("A point needs latitude and longitude.")


def match(rows: list[Row]) -> None:
    """Find the authorities that stand already: by code, else by country and LAU code, and kind where it is said."""
    named = [row.code for row in rows if row.code]
    by_code = {
        authority.code_id: authority
        for some in batched(named)
        for authority in Authority.objects.filter(code_id__in=some)
    }
    by_place = defaultdict(list)
    for some in batched([row.said["lau"] for row in rows if not row.code and row.said.get("lau")]):
        for authority in Authority.objects.filter(lau__in=some):
            by_place[authority.country.code, authority.lau].append(authority)
    for row in rows:
        if row.code:
            row.authority = by_code.get(row.code)
            continue
        country, lau, kind = place_of(row)
        row.candidates = [each for each in by_place[country, lau] if not kind or each.kind in ("", kind)] if lau else []
        row.authority = row.candidates[0] if len(row.candidates) == 1 else None


def place_of(row: Row) -> tuple[Any, ...]:
    """Country, LAU code and kind of a row: schools and companies have the LAU code of their municipality."""
    return tuple(row.said.get(name) for name in ("country", "lau", "kind"))


def twice(rows: list[Row]) -> Iterator[tuple[Row, str, str]]:
    """What an earlier row says already: the same code, the same authority, the same place without a code."""
    seen: dict[Any, int] = {}
    for row in rows:
        code = row.authority.code_id if row.authority else row.code
        place = place_of(row) if not row.code and row.said.get("lau") else ""
        for name, key in {"code": code, "lau": place}.items():
            if key and seen.setdefault(key, row.number) != row.number:
                yield row, name, _("This stands in row %(row)d already.") % {"row": seen[key]}
                break


def strangers(rows: list[Row], columns: list[str]) -> Iterator[tuple[Row, str, str]]:
    """Rows about authorities that do not stand yet and lack what a new one needs, or have a code that cannot be."""
    unknown = [row.code for row in rows if row.code and row.authority is None]
    taken = {
        value
        for some in batched(unknown)
        for value in Code.objects.filter(value__in=some).values_list("value", flat=True)
    }
    for row in rows:
        if row.authority is not None:
            continue
        # Seven digits at most: whoever imports the highest of all codes would leave none for those who come after.
        if row.code and not (codes.is_code(row.code) and row.code.startswith("AU-") and len(row.code) <= 10):
            yield row, "code", _("Codes of authorities look like AU-0012.")
        elif row.code in taken:
            yield row, "code", _("This code is no longer in use.")
        for name in REQUIRED:
            if name not in columns:
                yield row, name, _("A new authority needs this column.")


def clashes(rows: list[Row]) -> Iterator[tuple[Row, str, str]]:
    """Rows without a code that may mean an authority that stands: one of several in a place, or one of that name."""
    names = {row.said["own_name"] for row in rows if row.authority is None and row.said.get("own_name")}
    by_name: dict[tuple[str, str], str] = {}
    for some in batched(sorted(names)):
        found = Authority.objects.filter(own_name__in=some).values_list("country", "own_name", "code_id")
        by_name |= {(country, name): code for country, name, code in found}
    why = _("%(code)s stands here already. Please give its code if you mean it.")
    for row in rows:
        name = (row.said.get("country"), row.said.get("own_name"))
        if row.candidates and row.authority is None:
            yield row, "lau", why % {"code": row.candidates[0].code_id}
        elif row.authority is None and not row.code and not row.said.get("lau") and name in by_name:
            yield row, "own_name", why % {"code": by_name[name]}


def everything() -> Table:
    """All authorities, by code."""
    rows = [
        [authority.code_id, *(cell(standing(authority, name)) for name in FIELDS)]
        for authority in Authority.objects.order_by("code_id").iterator(chunk_size=2000)
    ]
    return Table(NAMES, rows)


def cell(value: Any) -> Cell:
    """A value as it stands in a cell; degrees stay text, so that no spreadsheet rounds them."""
    return value if value is None or isinstance(value, int) else str(value)


def columns() -> list[Column]:
    """What the columns mean."""
    code = Column("code", capfirst(_("code")), note=_("Empty for a new one."))
    return [code, *(column_of(name, make(), required=name in REQUIRED) for name, make in FIELDS.items())]


KIND = Kind(
    name="authorities",
    label=gettext_lazy("authorities"),
    prefix="AU",
    most_rows=50_000,
    columns=columns,
    check=check,
    everything=everything,
)
