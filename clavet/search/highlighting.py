"""What was found, marked where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from clavet.search.analysis import Token, tokens
from clavet.search.query import Reading

# A passage has about so many words, of which so many stand before the first that was looked for.
PASSAGE, BEFORE = 34, 8


@dataclass(frozen=True)
class Looked:
    """What a reader looks for, as one language reads it: keys, and beginnings of words."""

    language: str
    keys: frozenset[str]
    words: frozenset[str]
    beginnings: tuple[str, ...]

    def meets(self, token: Token) -> bool:
        """Whether a word of a text is one of those."""
        return (
            token.surface in self.words
            or not self.keys.isdisjoint(token.keys)
            or bool(self.beginnings and token.surface.startswith(self.beginnings))
        )


def looked_for(reading: Reading) -> Looked:
    """What a query looks for in texts of the language that it was read in."""
    plain = [word for word in reading.words if not word.is_prefix]
    keys = {key for word in plain if not word.is_stop for several in (word.keys, *word.parts) for key in several}
    return Looked(
        reading.language,
        frozenset(keys),
        frozenset(word.surface for word in plain),
        tuple(word.surface for word in reading.words if word.is_prefix),
    )


def marked(text: str, looked: Looked) -> tuple[SafeString, int]:
    """``text``, escaped, with each word that was looked for in a ``mark`` element; and how many there are."""
    hits = [token for token in tokens(text, looked.language) if looked.meets(token)]
    return with_marks(text, hits), len(hits)


def passage(text: str, looked: Looked) -> SafeString | None:
    """A few lines of ``text`` around the first words that were looked for, marked; ``None`` if there are none."""
    recent: list[Token] = []
    hits: list[Token] = []
    for token in tokens(text, looked.language):
        if looked.meets(token):
            hits.append(token)
        recent.append(token)
        if not hits:
            del recent[:-BEFORE]
        elif len(recent) == PASSAGE:
            break
    if not hits:
        return None
    start, end = recent[0].start, recent[-1].end
    cut = [(token.start - start, token.end - start) for token in hits]
    before, after = "… " if start else "", " …" if end < len(text.rstrip()) - 1 else ""
    return mark_safe(before + _marked_at(text[start:end], cut) + after)  # noqa: S308 - escaped piece by piece


def with_marks(text: str, hits: Iterable[Token]) -> SafeString:
    """``text``, escaped, with these words of it marked."""
    return _marked_at(text, [(token.start, token.end) for token in hits])


def _marked_at(text: str, places: Iterable[tuple[int, int]]) -> SafeString:
    parts, last = [], 0
    for start, end in places:
        parts += [conditional_escape(text[last:start]), "<mark>", conditional_escape(text[start:end]), "</mark>"]
        last = end
    return mark_safe("".join([*parts, conditional_escape(text[last:])]))  # noqa: S308 - escaped piece by piece
