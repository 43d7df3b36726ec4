"""What one document says differently from another, word by word, for those who review."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

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
    """The words of both, what went marked as deleted and what came as inserted."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    parts = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(format_html("{}", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            parts.append(format_html("<del>{}</del>", "".join(old[i1:i2])))
        if j2 > j1:
            parts.append(format_html("<ins>{}</ins>", "".join(new[j1:j2])))
    return format_html_join("", "{}", ((part,) for part in parts))


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
            label = str(spec.field().label)
            yield Change(spec.name, label, shown(old_neutral.get(spec.name)), shown(new_neutral.get(spec.name)))
    for child in shape.children:
        yield from _rows(child, before, after)


def _rows(child: Any, before: Document, after: Document) -> Iterator[Change]:
    old = {row["id"]: row for row in before.get("children", {}).get(child.name, [])}
    new = {row["id"]: row for row in after.get("children", {}).get(child.name, [])}
    if list(old) != list(new):
        yield Change(child.name, str(child.label), ", ".join(old), ", ".join(new))
    for row_id in dict.fromkeys([*old, *new]):
        for spec in child.neutral:
            label = f"{child.label} ({row_id}): {spec.field().label}"
            values = [shown(rows.get(row_id, {}).get(spec.name)) for rows in (old, new)]
            yield Change(f"{child.key}.{row_id}.{spec.name}", label, *values)


def shown(value: Any) -> str:
    """A neutral value as text."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _place(shape: Shape, key: str) -> tuple[int, str]:
    names = [spec.name for spec in shape.texts]
    return (names.index(key), "") if key in names else (len(names), key)
