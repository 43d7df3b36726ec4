"""What one document says differently from another, word by word, for those who review."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext as _

from clavet.languages import SOURCE
from clavet.publishing.documents import Document
from clavet.publishing.shape import Shape

WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Change:
    """One text or value that differs."""

    key: str
    label: str
    before: str
    after: str

    @property
    def html(self) -> SafeString:
        """Both in one, with what went in ``del`` and what came in ``ins``."""
        return marked(self.before, self.after)


def marked(before: str, after: str) -> SafeString:
    """The words of both, what went marked as deleted and what came as inserted, said in words where it is not seen."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    parts = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(format_html("{}", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            parts.append(said("del", _("taken out:"), "".join(old[i1:i2])))
        if j2 > j1:
            parts.append(said("ins", _("put in:"), "".join(new[j1:j2])))
    return format_html_join("", "{}", ((part,) for part in parts))


def said(element: str, words: str, text: str) -> SafeString:
    """``text`` in ``ins`` or ``del``; in brackets with ``words`` for whoever hears it, since voices pass over both."""
    hidden = format_html('<span class="visually-hidden" lang="{}">[{} </span>', get_language() or SOURCE, words)
    end = mark_safe('<span class="visually-hidden">] </span>')
    return format_html(f"<{element}>{{}}{{}}{{}}</{element}>", hidden, text, end)


def changes(shape: Shape, before: Document, after: Document) -> list[Change]:
    """Everything in which ``after`` differs from ``before``, in reading order."""
    return [change for change in _pairs(shape, before, after) if change.before != change.after]


def _pairs(shape: Shape, before: Document, after: Document) -> Iterator[Change]:
    old, new = before.get("texts", {}), after.get("texts", {})
    for key in sorted(old.keys() | new.keys(), key=lambda key: _place(shape, key)):
        spec = shape.spec_of(key)
        label = str(spec.label) if spec else key
        if "." in key:
            label = f"{label} ({key.split('.')[1]})"
        yield Change(key, label, old.get(key, ""), new.get(key, ""))
    old_neutral, new_neutral = before.get("neutral", {}), after.get("neutral", {})
    for spec in shape.neutral:
        if spec.name in old_neutral or spec.name in new_neutral:
            field = spec.field()
            values = [shown(neutral.get(spec.name), field) for neutral in (old_neutral, new_neutral)]
            yield Change(spec.name, str(field.label), *values)
    for child in shape.children:
        yield from _rows(child, before, after)


def _rows(child: Any, before: Document, after: Document) -> Iterator[Change]:
    old = {row["id"]: row for row in before.get("children", {}).get(child.name, [])}
    new = {row["id"]: row for row in after.get("children", {}).get(child.name, [])}
    if list(old) != list(new):
        yield Change(child.name, str(child.label), ", ".join(old), ", ".join(new))
    for row_id in dict.fromkeys([*old, *new]):
        for spec in child.neutral:
            field = spec.field()
            label = f"{child.label} ({row_id}): {field.label}"
            values = [shown(rows.get(row_id, {}).get(spec.name), field) for rows in (old, new)]
            yield Change(f"{child.key}.{row_id}.{spec.name}", label, *values)


def shown(value: Any, field: Any = None) -> str:
    """A neutral value as text: as ``field`` calls it, where that has a list to choose from."""
    if value in (None, "", []):
        return ""
    called = {key: str(label) for key, label in getattr(field, "choices", ())}
    if isinstance(value, list):
        return ", ".join(called.get(item, str(item)) if isinstance(item, str) else str(item) for item in value)
    if isinstance(value, str):
        return called.get(value, value)
    return json.dumps(value, ensure_ascii=False)


def _place(shape: Shape, key: str) -> tuple[int, str]:
    names = [spec.name for spec in shape.texts]
    return (names.index(key), "") if key in names else (len(names), key)
