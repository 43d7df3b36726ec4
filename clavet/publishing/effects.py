"""What follows when the public gets something else of a record than before: one place for all that has to know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from clavet.cache import generation
from clavet.publishing import documents, facets
from clavet.publishing.models import Code, Record, Translation
from clavet.publishing.models.revisions import Part
from clavet.publishing.registry import KINDS, OTHERS
from clavet.search import entries, rebuilding
from clavet.search.entries import ByLanguage
from clavet.search.preparing import Texts

# What Markdown adds to words: addresses of links, and signs.
LINK_TARGET = re.compile(r"\]\([^)\s]*\)")
SIGNS = re.compile(r"[*_`#>|\[\]]+")

_gathered: ContextVar[set[str] | None] = ContextVar("gathered", default=None)


def public_change(*codes: str) -> None:
    """Bring all that is derived from these records to their state of now. Called in the transaction of the change."""
    gathered = _gathered.get()
    if gathered is not None:
        gathered.update(codes)
        return
    facets.lay_out(codes)
    texts = texts_of(codes)
    entries.write({code: texts.get(code, {}) for code in codes})
    generation.bump()


@contextmanager
def gathering() -> Iterator[None]:
    """Many changes in one transaction: what follows from them is done once, at the end, before the transaction ends."""
    if _gathered.get() is not None:
        yield
        return
    changed: set[str] = set()
    token = _gathered.set(changed)
    try:
        yield
    finally:
        _gathered.reset(token)
    for several in batched(sorted(changed)):
        public_change(*several)


def batched(items: Sequence[Any], size: int = 200) -> Iterator[Sequence[Any]]:
    """``items`` in lists of at most ``size``."""
    for first in range(0, len(items), size):
        yield items[first : first + size]


def texts_of(codes: Sequence[str]) -> dict[str, ByLanguage]:
    """What the public can find of those of these records that are published: by code, by language."""
    found: dict[str, ByLanguage] = {}
    by_prefix: dict[str, list[str]] = {}
    for code in codes:
        by_prefix.setdefault(code[:2], []).append(code)
    for prefix, several in by_prefix.items():
        model = KINDS.get(prefix)
        if model is None:
            continue
        children = [child.name for child in model.shape.children if child.texts]
        records = model.objects.visible_to().filter(code_id__in=several).prefetch_related(*children)
        translated: dict[str, list[Translation]] = {}
        for translation in (
            Translation.objects.current().filter(code_id__in=several).only("code_id", "language", "part")
        ):
            translated.setdefault(translation.code_id, []).append(translation)
        for record in records:
            found[record.code_id] = dict(_by_language(record, translated.get(record.code_id, [])))
    return found


def _by_language(record: Record, translations: Iterable[Translation]) -> Iterator[tuple[str, Texts]]:
    parts = {translation.language: translation.part for translation in translations}
    children = {
        child.name: list(getattr(record, child.name).all()) if child.texts else [] for child in record.shape.children
    }
    for language, part in {record.source_language: Part.FULL, **parts}.items():
        texts = documents.live_texts(record, language, children)
        title, summary = texts.pop("title", ""), texts.pop("summary", "")
        body = "\n".join(texts.values()) if part == Part.FULL else ""
        yield language, Texts(title, summary, plain(body))


def plain(markdown: str) -> str:
    """A text without what Markdown adds to it."""
    return SIGNS.sub(" ", LINK_TARGET.sub(" ", markdown))


class AllRecords:
    """Where a rebuild of the index finds what it needs."""

    def codes(self) -> list[str]:
        """The codes of all records, public or not."""
        return list(Code.objects.filter(value__regex=rf"^({'|'.join(KINDS)})").values_list("value", flat=True))

    def texts(self, codes: Sequence[str]) -> dict[str, ByLanguage]:
        """What the public can find of those of these records that it can read."""
        return texts_of(codes)

    def facets(self) -> Iterator[tuple[str, facets.Values]]:
        """The codes of all public records with their facets, and of what else has some."""
        for model in KINDS.values():
            yield from facets.rows_of(model)
        for other in OTHERS.values():
            yield from other.facets()


def rebuild_all() -> rebuilding.Report:
    """Everything that is derived from records, made anew beside the running portal."""
    return rebuilding.rebuild(AllRecords())
