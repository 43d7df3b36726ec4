"""Letters as search compares them: the language's own lower case, without accents, ligatures and invisible signs."""

from __future__ import annotations

import unicodedata

# What no decomposition of Unicode takes apart. The final sigma is a sigma; the dotless i meets the i that people type
# who have no Turkish keyboard.
SPELT_OUT = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "ŋ": "n",
        "ŧ": "t",
        "ı": "i",
        "ĸ": "k",
        "ς": "σ",
        "ϲ": "σ",
    }
)
# Marks that sit on a letter (Mn, Me), and signs that only steer layout: soft hyphen, zero width, direction (Cf).
INVISIBLE = frozenset(("Mn", "Me", "Cf"))
# Control signs (NUL among them), lone surrogates, and what Unicode has not assigned or leaves to private use.
NOT_TEXT = frozenset(("Cc", "Cs", "Cn", "Co"))


class Folds(dict[int, str]):
    """What each character becomes, worked out when it is first met: most texts meet a few hundred."""

    def __missing__(self, point: int) -> str:
        folded = fold_character(chr(point))
        if len(self) < 10_000:
            self[point] = folded
        return folded


def fold_character(character: str) -> str:
    """One character folded: nothing for a mark, a blank for what is no text, else one letter or several."""
    if unicodedata.category(character) in NOT_TEXT:
        return " "
    folded = character
    while True:
        decomposed = unicodedata.normalize("NFKD", folded).lower()
        kept = [sign for sign in decomposed if unicodedata.category(sign) not in INVISIBLE]
        after = "".join(kept).translate(SPELT_OUT)
        if after == folded:
            return folded
        folded = after


FOLDS = Folds()


def fold(text: str, language: str) -> str:
    """``text`` as ``language`` compares it: ``ΔΆΣΚΑΛΟΣ`` and ``δάσκαλος`` are one, so are ``Iğdır`` and ``igdir``.

    Comma and cedilla of Romanian, Croatian's digraph letters, ligatures and widths fall together. Any text is taken,
    lone surrogates and NUL too (they become blanks); folding twice changes nothing more. One table serves the nine
    languages: they differ in how they write capitals (``lower``), and those differences end here.
    """
    return text.translate(FOLDS)


def lower(word: str, language: str) -> str:
    """``word`` in the lower case of ``language`` with its accents kept, for the stemmers, which need them.

    Turkish has two letters i. Romanian's ş and ţ with a cedilla are written with the comma that they should have.
    """
    if language == "tr":
        word = word.replace("İ", "i").replace("I", "ı")
    word = unicodedata.normalize("NFKC", word).lower()
    if language == "ro":
        word = word.replace("ş", "ș").replace("ţ", "ț")
    return "".join(sign for sign in word if unicodedata.category(sign) not in INVISIBLE)
