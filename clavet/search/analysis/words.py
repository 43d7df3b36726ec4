"""A text taken apart into words, each with its place, so that what was found can be shown where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clavet.languages import CODES
from clavet.search.analysis.keys import Analysed, analysed

# A letter or digit, then more of them; accents that stand as signs of their own, soft hyphens, signs of no width and
# of direction belong to the word that they are in.
INSIDE = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e"
)
INSIDE += "\u2060-\u2064\u2066-\u2069\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
WORD = re.compile(rf"[^\W_][^\W_{INSIDE}]*(?:[{INSIDE}]+[^\W_]*)*")
APOSTROPHES = "'’‘ʼʹ′`´＇\u1fbd\u1fbf"
# An apostrophe and the word that it leads to, which Greek writes after a blank.
ELISION = re.compile(rf"[{APOSTROPHES}] ?[^\W\d_]")

# What loses its vowel before the next word and says nothing that the reader looks for: l'école, dell'istruzione.
ELIDED = {
    "fr": "c d j l m n s t qu jusqu lorsqu puisqu quoiqu",
    "it": "c d l m n s t v un all coll dall dell nell sull quell quest cos com dov",
    "el": "απ γι κι μ σ τ θ ν",
}
# What an apostrophe adds to a word: the school's, foto's; in Turkish any ending of a name.
ADDED = {"en": "s t ll re ve d m", "nl": "s n t er"}
ELIDED_WORDS, ADDED_ENDINGS = (
    {code: frozenset(words.get(code, "").split()) for code in CODES} for words in (ELIDED, ADDED)
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: folded, with the keys that an index keeps of it, and its place in the text as it was given."""

    surface: str
    keys: tuple[str, ...]
    start: int
    end: int
    stop: bool


def tokens(text: str, language: str) -> Iterator[Token]:
    """The words of ``text`` in their order. Hyphens part words; elided articles and added endings are left out."""
    last = -1
    for match in WORD.finditer(text):
        start, end = match.span()
        word = analysed(match[0], language)
        is_added = start == last + 1 and start > 1 and text[last] in APOSTROPHES and belongs_before(word, language)
        last = end
        if not is_added and not (word.surface in ELIDED_WORDS[language] and ELISION.match(text, end)):
            yield Token(word.surface, word.keys, start, end, word.stop)


def belongs_before(word: Analysed, language: str) -> bool:
    """Whether a word after an apostrophe is an ending of the word before it."""
    return language == "tr" or word.surface in ADDED_ENDINGS[language]
