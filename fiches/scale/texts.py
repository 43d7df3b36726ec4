"""Texts of a synthetic fiche: the fields that every fiche has, between 150 and 400 words in a language."""

from __future__ import annotations

from random import Random

from fiches.scale.words import Wordstock, capitalised

# What every title begins with, so that nobody takes the fiche for one that somebody wrote.
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

# The long texts, with the share of the words that each has.
SHARES = {
    "context": 0.15,
    "what_was_done": 0.35,
    "results": 0.2,
    "what_did_not_work": 0.1,
    "lessons": 0.1,
    "how_to_transfer": 0.1,
}


def fiche_texts(stock: Wordstock, number: int, random: Random) -> dict[str, str]:
    """The texts of the synthetic fiche ``number`` in the language of ``stock``, by their names."""
    texts = {
        "title": title(stock, number, random),
        "summary": within(prose(stock, random.randint(18, 40), random), 400),
        "who": phrase(stock, random.randint(3, 7), 120, random),
        "what": phrase(stock, random.randint(4, 9), 120, random),
        "result": phrase(stock, random.randint(4, 9), 120, random),
    }
    words = random.randint(FEWEST_WORDS, MOST_WORDS)
    for name, share in SHARES.items():
        texts[name] = prose(stock, max(8, round(words * share)), random)
    return texts


def title(stock: Wordstock, number: int, random: Random) -> str:
    """A title that says what the fiche is and which one: ``Synthetic 17: …``."""
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
