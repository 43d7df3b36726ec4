"""The shape of a kind of record: which texts it has, what is neutral to language, which rows hang on it.

A model declares its shape once; documents, forms, checks, differences, import and export follow from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Label = str | Promise


@dataclass(frozen=True)
class TextSpec:
    """A text that exists in every language: at most ``limit`` characters.

    ``summary`` marks those that a *summary only* translation covers; ``markdown`` those that take the subset.
    """

    name: str
    label: Label
    limit: int
    required: bool = False
    summary: bool = False
    markdown: bool = False
    help: Label = ""


@dataclass(frozen=True)
class NeutralSpec:
    """Something that is the same in every language, checked and entered through a form field made by ``field``."""

    name: str
    field: Callable[[], forms.Field]

    def clean(self, value: Any, *, lenient: bool = False) -> Any:
        """``value`` as a document keeps it (plain JSON). ``ValidationError`` where the field refuses it."""
        field = self.field()
        if lenient:
            field.required = False
        takes_several = isinstance(field, forms.MultipleChoiceField) or getattr(field, "takes_several", False)
        if isinstance(value, dict | bool) or (isinstance(value, list | tuple) and not takes_several):
            raise ValidationError(_("This must be text."))
        cleaned = field.clean(str(value) if isinstance(field, forms.DateField) and value is not None else value)
        return cleaned.isoformat() if hasattr(cleaned, "isoformat") else cleaned


@dataclass(frozen=True)
class ChildSpec:
    """Rows that hang on a record and keep their ids over all versions (``key`` is their name in text keys)."""

    name: str
    key: str
    label: Label
    texts: tuple[TextSpec, ...] = ()
    neutral: tuple[NeutralSpec, ...] = ()
    maximum: int = 10


@dataclass(frozen=True)
class Shape:
    """All that a kind of record consists of, and the prefix of its codes."""

    prefix: str
    texts: tuple[TextSpec, ...]
    neutral: tuple[NeutralSpec, ...]
    children: tuple[ChildSpec, ...] = ()
    # What a source document lacks beyond its single fields, as (key, message).
    missing: Callable[[dict[str, Any]], list[tuple[str, Any]]] = lambda document: []
    # The required texts that a source document may leave out, since no public source tells (records.md).
    excused: Callable[[dict[str, Any]], set[str]] = lambda document: set()

    def text(self, name: str) -> TextSpec:
        """The text called ``name``; ``KeyError`` if there is none."""
        return {spec.name: spec for spec in self.texts}[name]

    def child(self, name: str) -> ChildSpec:
        """The rows called ``name``; ``KeyError`` if there are none."""
        return {spec.name: spec for spec in self.children}[name]

    def label_of(self, key: str) -> str:
        """What people call a key of a document; the key itself where nothing is known of it."""
        name = key.partition(".")[0]
        child = self.child_of(name)
        spec = self.spec_of(key) or next((each for each in self.neutral if each.name == key), None)
        if isinstance(spec, NeutralSpec):
            return str(spec.field().label)
        if spec is not None:
            return str(spec.label)
        return str(child.label) if child else key

    def child_of(self, name: str) -> ChildSpec | None:
        """The rows that ``name`` means: their own name, or that of one in text keys; ``None`` if there are none."""
        return next((spec for spec in self.children if name in (spec.name, spec.key)), None)

    def spec_of(self, key: str) -> TextSpec | None:
        """The text that a key of a document means: ``title``, or ``indicator.i1.name`` of a row; ``None`` if none."""
        parts = key.split(".")
        if len(parts) == 1:
            return next((spec for spec in self.texts if spec.name == key), None)
        if len(parts) != 3:
            return None
        child = next((spec for spec in self.children if spec.key == parts[0]), None)
        return next((spec for spec in child.texts if spec.name == parts[2]), None) if child else None
