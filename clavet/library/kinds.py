"""What a kind of record says of itself, so that its lists, pages, feeds and citations are made in one way for all.

Each room that holds records describes them once, in a ``Library``, and registers it when Django starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from pyroaring import BitMap

from clavet.publishing.models import Record
from clavet.web.facet_views import FACETS
from clavet.web.texts import Text

if TYPE_CHECKING:
    from clavet.library.comparing import Line
    from clavet.library.page import Material
    from clavet.publishing import reading

Words = str | Promise


@dataclass(frozen=True)
class Sentences:
    """What the portal says of this kind of record: whole sentences, since a noun put into one would not fit."""

    plural: Words
    lead: Words
    description: Words
    newest: Words
    on_topic: Words
    feed: Words
    feed_on_topic: Words
    none: Words
    none_left: Words
    everything: Words
    archived: Words
    untranslated: Words
    older: Words
    about: Words
    cite: Words
    citation: Words
    # How the record is called in machine-readable citations; in English.
    cited_as: str
    number: Callable[[int], str]
    # The way to a change of it, for those who may begin one.
    revise: Words = ""


@dataclass(frozen=True)
class Section:
    """A long text of the page: which one, in which tone, and the templates of what stands in it and below it."""

    name: str
    tone: str = "plain"
    within: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparing:
    """How records of a kind are laid side by side: ``lines`` gives, for each of several, its lines in the same order
    (``clavet.library.comparing.Line``); the rest is what the portal says of it."""

    lines: Callable[[Sequence[Material]], list[list[Line]]]
    heading: Words
    lead: Words
    this_one: Words
    these: Words
    too_few: Words
    too_many: Words
    add: Words


@dataclass(frozen=True)
class Owner:
    """Whose a record is: a name, and the page of whoever bears it."""

    name: Text
    url: str


@dataclass(frozen=True)
class Narrowing:
    """What narrows a list beside its facets: the parameter with its value, which of all records are left, the words of
    its chip, and the sentence above the list that says why these records are in it."""

    parameter: str
    value: str
    records: BitMap
    label: str
    html: SafeString


def nothing(*_given: Any) -> list[Any]:
    """What a kind of record adds that adds nothing."""
    return []


@dataclass(frozen=True)
class Library:
    """One kind of record.

    ``name`` is that of the room, the first part of its addresses and their namespace. ``kind_of`` says what a row of
    values (``columns`` beside those of all records) is called above its title; ``notes_of`` what else its card says;
    ``place_of`` where it is; ``owners_of`` whose rows are, by code. ``facts`` gives lines of the file card, ``parts``
    what the templates of its page need beyond what all pages have, ``around`` what the live page alone has, ``origins``
    what it came from, ``schema`` what it adds to its schema.org description, ``revise_url`` where its authors begin a
    change, ``for_reader`` what an account that is logged in reads on the page beyond what everybody does.
    """

    name: str
    model: type[Record]
    sentences: Sentences
    sections: tuple[Section, ...]
    kinds: Callable[[], dict[str, str]]
    kind_of: Callable[[Mapping[str, Any]], str]
    schema_type: str = "LearningResource"
    glance: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    notes_of: Callable[[Mapping[str, Any]], list[str]] = nothing
    place_of: Callable[[Mapping[str, Any]], str] | None = None
    owners_of: Callable[[Sequence[Mapping[str, Any]], str], dict[str, Owner]] = lambda _rows, _language: {}
    facets: Mapping[str, Words] = field(default_factory=lambda: FACETS)
    facet_labels: Callable[[], Mapping[str, Mapping[str, str]]] = dict
    narrowing: Callable[[QueryDict, str], Narrowing | None] = lambda _query, _language: None
    # The way to such a narrower list: what it says, and the name of the address where one chooses.
    way_to_narrow: tuple[Words, str] | None = None
    facts: Callable[[Material], Iterable[SimpleNamespace]] = nothing
    parts: Callable[[Material], dict[str, Any]] = lambda _material: {}
    origins: Callable[[Record, str], Iterable[SimpleNamespace]] = nothing
    around: Callable[[Record, reading.Choice], dict[str, Any]] = lambda _record, _choice: {}
    schema: Callable[[Record], dict[str, Any]] = lambda _record: {}
    revise_url: Callable[[Record], str] = lambda _record: ""
    before_sections: tuple[str, ...] = ()
    after_sections: tuple[str, ...] = ()
    scripts: Callable[[dict[str, Any]], tuple[str, ...]] = lambda _parts: ()
    for_reader: Callable[[str, Any], str] = lambda _code, _user: ""

    @property
    def prefix(self) -> str:
        """What its codes begin with."""
        return self.model.shape.prefix

    @property
    def comparing(self) -> Comparing | None:
        """How its records are laid side by side; ``None`` where they are not."""
        return COMPARED.get(self.prefix)

    def url(self, name: str = "list", *args: Any) -> str:
        """One of its addresses in the language of the moment."""
        return reverse(f"{self.name}:{name}", args=args)


LIBRARIES: dict[str, Library] = {}
COMPARED: dict[str, Comparing] = {}


def register(library: Library, comparing: Comparing | None = None) -> None:
    """Make a kind of record known by the prefix of its codes, and how its records are compared, if they are."""
    LIBRARIES[library.prefix] = library
    if comparing:
        COMPARED[library.prefix] = comparing


def library_of(code: str) -> Library:
    """The kind of the record behind ``code``. ``KeyError`` for one that has no library."""
    return LIBRARIES[code[:2]]
