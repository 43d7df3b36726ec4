"""Words in the numbers in which a language uses them: a few very often, most of them hardly ever.

The head of the list are real words, counted in our own vocabulary and sample; the tail are words that nobody ever said,
spelled letter by letter as the real ones are, so that they have the endings that a stemmer knows.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

# How many words a language has here, and how steeply their frequency falls with their rank (Zipf and Mandelbrot:
# the word of rank r comes up in proportion to 1 / (r + 2.7) ** 1.05, as in running text).
WORDS = 40_000
FLATTENING = 2.7
STEEPNESS = 1.05

LETTERS = re.compile(r"[^\W\d_]+")
SHORTEST, LONGEST = 4, 15
# By how many letters the next one is chosen.
CONTEXT = 3
END = "$"


@dataclass(frozen=True)
class Wordstock:
    """The words of ``language``, the most frequent first, with the running total of their frequencies."""

    language: str
    words: list[str]
    totals: list[float]

    def draw(self, random: Random, number: int) -> list[str]:
        """``number`` words in no order, each as often as its frequency says."""
        return random.choices(self.words, cum_weights=self.totals, k=number)


def read_wordstock(data: Path, language: str, seed: int) -> Wordstock:
    """The words of ``language``, from the vocabulary and the sample fiches below ``data``; the same for one seed."""
    counted = Counter(word for text in real_texts(data, language) for word in words_in(text, language))
    real = [word for word, _number in counted.most_common()]
    words = [*real, *invented(real, WORDS - len(real), Random(f"{seed}:{language}"))]  # noqa: S311
    weights = (1 / (rank + FLATTENING) ** STEEPNESS for rank in range(1, len(words) + 1))
    return Wordstock(language, words, list(accumulate(weights)))


def real_texts(data: Path, language: str) -> Iterator[str]:
    """All that our data says in ``language``: labels and definitions of concepts, texts of fiches."""
    vocabulary = json.loads((data / "vocabulary.json").read_text(encoding="utf-8"))
    for concept in vocabulary["concepts"]:
        about = concept["labels"][language]
        yield " ".join([about["preferred"], *about["alternative"], about.get("definition", "")])
    for path in sorted((data / "fiches").glob(f"*/{language}.md")):
        yield "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("=="))


def words_in(text: str, language: str) -> Iterator[str]:
    """The words of ``text`` in the script of ``language``, in small letters."""
    script = "GREEK" if language == "el" else "LATIN"
    for word in LETTERS.findall(unicodedata.normalize("NFC", text)):
        if unicodedata.name(word[0], "").startswith(script):
            yield lowered(word, language)


def lowered(word: str, language: str) -> str:
    """``word`` in small letters; Turkish has an i with and one without a dot."""
    return (word.replace("I", "ı").replace("İ", "i") if language == "tr" else word).lower()


def capitalised(word: str, language: str) -> str:
    """``word`` with a capital, as at the start of a sentence."""
    first = "İ" if language == "tr" and word[0] == "i" else word[0].upper()
    return first + word[1:]


def invented(real: list[str], number: int, random: Random) -> list[str]:
    """``number`` words spelled as the ``real`` ones are, none of them real and none twice."""
    followers = spelling(real)
    known = set(real)
    found: dict[str, None] = {}
    while len(found) < number:
        word = spell(followers, random)
        if SHORTEST <= len(word) <= LONGEST and word not in known:
            found[word] = None
    return list(found)


def spelling(words: list[str]) -> dict[str, tuple[list[str], list[int]]]:
    """For each run of letters those that come next in ``words``, with the running total of how often."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for word in words:
        padded = " " * CONTEXT + word + END
        for place in range(CONTEXT, len(padded)):
            counts[padded[place - CONTEXT : place]][padded[place]] += 1
    return {run: (list(after), list(accumulate(after.values()))) for run, after in counts.items()}


def spell(followers: dict[str, tuple[list[str], list[int]]], random: Random) -> str:
    """One word, letter by letter; it stops where a real one could, or when it grows too long."""
    word = " " * CONTEXT
    while len(word) <= CONTEXT + LONGEST:
        letters, totals = followers[word[-CONTEXT:]]
        letter = letters[bisect(totals, random.random() * totals[-1])]
        if letter == END:
            break
        word += letter
    return word.strip()
