"""The keys of a word: what stands in the index for it, and what a query asks for.

A word that the dictionary knows has its lemmas as keys, and the stem of each lemma, by which it meets words of the same
family and words that no dictionary has. A word that it does not know has its stems, the lemma that its ending lets
guess, and, where it is a known word with something before it (``microcredenziali``), the lemma made from that.
A stem so short that it could be of anything is no key: Snowball makes ``πα`` of ``παιδιά``, ``cas`` of ``caso``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from clavet.search.analysis.compounds import parts_of
from clavet.search.analysis.folding import fold, lower
from clavet.search.analysis.lemmas import guessed_lemma, is_lemma, lemmas_of
from clavet.search.analysis.other_lemmas import meant_lemmas
from clavet.search.analysis.stems import stem
from clavet.search.analysis.stop_words import is_stop

# Words kept analysed: a portal's texts have some ten thousand, and the common ones come again and again.
CACHED = 50_000
# Nobody looks for words longer than this, and what is longer is no word.
LONGEST = 60
SHORTEST_STEM = 3
# A lemma can do without its stem. In the Romance languages a last vowel tells words apart (``caso``, ``casa``), so
# a short stem, or one that is itself another word (``cours`` of ``course``), would make one word of several.
SHORTEST_STEM_OF_LEMMA = 4
SHORTEST_ROMANCE_STEM = 5
ROMANCE = frozenset(("es", "fr", "it", "ro"))
# What comes before a known word in one that is not known, and the known word.
SHORTEST_HEAD = 2
SHORTEST_TAIL = 6


class Analysed(NamedTuple):
    """A word as search sees it: folded, its keys in an index and in a query, and whether it says nothing by itself."""

    surface: str
    keys: tuple[str, ...]
    sought: tuple[str, ...]
    stop: bool


@lru_cache(maxsize=CACHED)
def analysed(word: str, language: str) -> Analysed:
    """A word of a text or query analysed; any string is taken."""
    surface = "".join(letter for letter in fold(word, language)[:LONGEST] if letter.isalnum())
    own = own_keys(surface, lower(word[:LONGEST], language), language)
    of_parts = {key for part in parts_of(surface, language) for key in own_keys(part, part, language)}
    return Analysed(
        surface, tuple(sorted(map(spelt, own | of_parts))), tuple(sorted(map(spelt, own))), is_stop(surface, language)
    )


def keys(word: str, language: str) -> tuple[str, ...]:
    """The keys under which an index keeps ``word``, sorted; of a compound also those of its parts.

    Each consists of a-z, 0-9 and folded Greek letters. Empty only for a string without a letter or digit.
    """
    return analysed(word, language).keys


def query_keys(word: str, language: str) -> tuple[str, ...]:
    """The keys that a query for ``word`` asks for, sorted: those of the whole word.

    Whoever looks for ``beroepsonderwijs`` does not want all of ``onderwijs``. A text that writes the compound's
    parts asunder is found when it has every one of ``parts``.
    """
    return analysed(word, language).sought


def parts(word: str, language: str) -> tuple[str, ...]:
    """The words that a compound is made of, folded, in their order; empty for a word that is no compound."""
    return parts_of(analysed(word, language).surface, language)


def own_keys(surface: str, accented: str, language: str) -> set[str]:
    """The keys of a folded word without those of its parts; ``accented`` is the same word in lower case."""
    if not surface.isalpha():
        return {surface} - {""}
    lemmas = meant_lemmas(surface, language)
    if lemmas:
        stems = {fold(stem(lemma, language), language) for lemma in lemmas}
        return lemmas | {stemmed for stemmed in stems if tells(stemmed, language)}
    guesses = {guessed_lemma(surface, language), *lemmas_by_tail(surface, language)}
    return guesses | {safe_stem(word, surface, language) for word in (accented, surface, *guesses)}


def tells(stemmed: str, language: str) -> bool:
    """Whether the stem of a lemma is enough of it to stand for this word and its family only."""
    if language in ROMANCE:
        return len(stemmed) >= SHORTEST_ROMANCE_STEM and not is_lemma(stemmed, language)
    return len(stemmed) >= SHORTEST_STEM_OF_LEMMA


def lemmas_by_tail(surface: str, language: str) -> set[str]:
    """The lemmas of a word that ends in a known one: what comes before stays, the known word gives its lemmas."""
    for start in range(SHORTEST_HEAD, len(surface) - SHORTEST_TAIL + 1):
        lemmas = lemmas_of(surface[start:], language)
        if lemmas:
            return {surface[:start] + lemma for lemma in lemmas}
    return set()


def safe_stem(word: str, surface: str, language: str) -> str:
    """The folded stem of ``word``, or ``surface`` where too little would be left of it to tell it from others."""
    stemmed = fold(stem(word, language), language)
    return stemmed if len(stemmed) >= max(SHORTEST_STEM, len(surface) // 2) else surface


def spelt(key: str) -> str:
    """A key in the letters that every index takes: other scripts than Latin and Greek by their code points."""
    return "".join(letter if is_plain(letter) else f"x{ord(letter):x}" for letter in key)


def is_plain(letter: str) -> bool:
    """Whether a folded letter or digit may stand in a key as it is."""
    return "a" <= letter <= "z" or "0" <= letter <= "9" or "α" <= letter <= "ω"
