"""The kinds of things that come and go as tables. Each app registers its own when Django starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from clavet.tables.findings import Finding
from clavet.tables.table import Table


@dataclass(frozen=True)
class Column:
    """A column as the template explains it: its name, what people call it, and what may stand in it."""

    name: str
    label: str
    required: bool = False
    note: str = ""


class Plan(Protocol):
    """What an import would do: how many things are new, changed or as they were, and what is wrong."""

    new: int
    changed: int
    unchanged: int
    findings: list[Finding]

    def write(self, actor: Any) -> None:
        """Do it. Called in a transaction, and only where nothing is wrong."""


@dataclass(frozen=True)
class Kind:
    """One kind of thing.

    ``prefix`` is that of its codes; ``check`` holds a table against what stands; ``everything`` is all of it as a
    table; ``by_two`` where another coordinator confirms what one has sent in; ``for_people`` what ``check`` is told
    beside the table where a person imports, not the operator.
    """

    name: str
    label: str | Promise
    prefix: str
    most_rows: int
    columns: Callable[[], Sequence[Column]]
    check: Callable[..., Plan]
    everything: Callable[[], Table]
    by_two: bool = False
    for_people: Mapping[str, Any] = field(default_factory=dict)


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known by its name."""
    KINDS[kind.name] = kind


def explained(columns: Sequence[Column]) -> Table:
    """What the columns mean, as a table beside the one that is filled in."""
    rows = [[column.name, column.label, _("required") if column.required else "", column.note] for column in columns]
    return Table([_("Column"), _("Meaning"), _("Required"), _("What may stand in it")], rows)
