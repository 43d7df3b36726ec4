"""Texts of a synthetic record, between 150 and 400 words in a language."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from clavet.library.scale.words import Wordstock, capitalised

# What every title begins with, so that nobody takes the record for one that somebody wrote.
SYNTHETIC = {
    "en": "Synthetic",
    "es": "Sintético",
    "fr": "Synthétique",
    "it": "Sintetico",
    "el": "Συνθετικό",
    "hr": "Sintetički",
    "nl": "Synthetisch",
    "ro": "Sintetic",
    "tr": "Sentetik",
}

FEWEST_WORDS, MOST_WORDS = 150, 400


def texts_of(stock: Wordstock, number: int, shares: Mapping[str, float], random: Random) -> dict[str, str]:
    """The texts of the synthetic record ``number`` in the language of ``stock``, by their names: title, summary, and
    long texts, each with its share of the words."""
    texts = {
        "title": title(stock, number, random),
        "summary": within(prose(stock, random.randint(18, 40), random), 400),
    }
    words = random.randint(FEWEST_WORDS, MOST_WORDS)
    return texts | {name: prose(stock, max(8, round(words * share)), random) for name, share in shares.items()}


def title(stock: Wordstock, number: int, random: Random) -> str:
    """A title that says what the record is and which one: ``Synthetic 17: …``."""
    return within(f"{SYNTHETIC[stock.language]} {number}: {' '.join(stock.draw(random, random.randint(4, 9)))}", 100)


def phrase(stock: Wordstock, words: int, limit: int, random: Random) -> str:
    """A few words that begin with a capital, at most ``limit`` characters."""
    return within(capitalised(" ".join(stock.draw(random, words)), stock.language), limit)


def prose(stock: Wordstock, words: int, random: Random) -> str:
    """``words`` words in sentences of 7 to 19, and paragraphs of two to five sentences."""
    drawn = stock.draw(random, words)
    paragraphs: list[str] = []
    sentences: list[str] = []
    room = random.randint(2, 5)
    start = 0
    while start < words:
        end = start + random.randint(7, 19)
        sentences.append(capitalised(" ".join(drawn[start:end]), stock.language) + ".")
        start = end
        if len(sentences) == room or start >= words:
            paragraphs.append(" ".join(sentences))
            sentences, room = [], random.randint(2, 5)
    return "\n\n".join(paragraphs)


def within(text: str, limit: int) -> str:
    """``text``, cut at a blank where it is longer than ``limit`` characters."""
    return text if len(text) <= limit else text[: limit + 1].rpartition(" ")[0][:limit]
