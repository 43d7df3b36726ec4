"""What a visitor typed, taken apart. It is data: no sign in it is an operator of a database, none is an error."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from clavet.search.analysis import is_stop, parts, query_keys, tokens

# What is longer is cut: nobody types it, and everything that is looked for has to be looked up.
LONGEST = 400
MOST_TOKENS = 12
QUOTES = str.maketrans({sign: '"' for sign in "“”„‟«»＂"})
# A minus in front of a word or phrase leaves out what has it; quotation marks keep words together.
PIECE = re.compile(r'(?P<minus>(?<!\S)[-−])?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Piece:
    """A word or phrase of the query and its place in it."""

    text: str
    start: int
    is_phrase: bool
    is_excluded: bool


@dataclass(frozen=True)
class Query:
    """A query: the text as it is shown again, and its pieces."""

    text: str
    pieces: tuple[Piece, ...]

    @property
    def asks(self) -> bool:
        """Whether it asks for anything."""
        return any(not piece.is_excluded and re.search(r"\w", piece.text) for piece in self.pieces)

    def with_word(self, start: int, end: int, word: str) -> Query:
        """The same query with ``word`` in the place from ``start`` to ``end``."""
        return read(self.text[:start] + word + self.text[end:])


@dataclass(frozen=True)
class Wanted:
    """One word of a query as a language reads it: its place, its keys, those of its parts, whether it may go on."""

    start: int
    end: int
    surface: str
    keys: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...] = ()
    is_stop: bool = False
    is_prefix: bool = False


@dataclass(frozen=True)
class Reading:
    """A query as one language reads it: words that must all be there, phrases, and what must not be there."""

    language: str
    words: tuple[Wanted, ...]
    phrases: tuple[str, ...]
    excluded_keys: tuple[tuple[str, ...], ...]
    excluded_phrases: tuple[str, ...]


def read(raw: str) -> Query:
    """The query in ``raw``, whatever it holds."""
    text = "".join(sign if unicodedata.category(sign) not in ("Cc", "Cs", "Co", "Cn") else " " for sign in raw)
    text = " ".join(text[: 4 * LONGEST].split())[:LONGEST].strip()
    found = []
    for match in PIECE.finditer(text.translate(QUOTES)):
        group = "phrase" if match["phrase"] is not None else "word"
        if match[group]:
            found.append(Piece(match[group], match.start(group), group == "phrase", bool(match["minus"])))
    return Query(text, tuple(found))


def reading_of(query: Query, language: str) -> Reading:
    """The query as ``language`` reads it. Words that say nothing by themselves count only where there are no others."""
    words: list[Wanted] = []
    phrases, excluded_keys, excluded_phrases = [], [], []
    for piece in query.pieces:
        analysed = wanted(piece, query.text, language)
        surfaces = " ".join(word.surface for word in analysed)
        several = piece.is_phrase or len(analysed) > 1
        if piece.is_excluded and several and surfaces:
            excluded_phrases.append(surfaces)
        elif piece.is_excluded:
            excluded_keys += [word.keys for word in analysed]
        else:
            words += analysed
            if piece.is_phrase and len(analysed) > 1:
                phrases.append(surfaces)
    telling = [word for word in words if not word.is_stop]
    return Reading(
        language,
        tuple(dict.fromkeys(telling or words))[:MOST_TOKENS],
        tuple(phrases),
        tuple(excluded_keys),
        tuple(excluded_phrases),
    )


def wanted(piece: Piece, text: str, language: str) -> list[Wanted]:
    """The words of a piece."""
    found = []
    for token in tokens(piece.text, language):
        raw = piece.text[token.start : token.end]
        found.append(
            Wanted(
                piece.start + token.start,
                piece.start + token.end,
                token.surface,
                query_keys(raw, language),
                tuple(query_keys(part, language) for part in parts(raw, language)),
                is_stop(token.surface, language),
                not piece.is_phrase and piece.text[token.end : token.end + 1] == "*",
            )
        )
    return found
