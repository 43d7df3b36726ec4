"""The stem of a word by the rules of Snowball, for words that no dictionary has."""

from __future__ import annotations

import threading

import Stemmer

# Snowball has no rules for Croatian; those for Serbian know both scripts and both ways of writing the old yat.
ALGORITHMS = {
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "el": "greek",
    "hr": "serbian",
    "nl": "dutch",
    "ro": "romanian",
    "tr": "turkish",
}


class Stemmers(threading.local):
    """The stemmers of one thread: a stemmer must not be used by two at once. The analyser has its own cache."""

    def __init__(self) -> None:
        self.by_language: dict[str, Stemmer.Stemmer] = {}

    def of(self, language: str) -> Stemmer.Stemmer:
        """The stemmer of a language, made when it is first asked for."""
        if language not in self.by_language:
            self.by_language[language] = Stemmer.Stemmer(ALGORITHMS[language], 0)
        return self.by_language[language]


STEMMERS = Stemmers()


def stem(word: str, language: str) -> str:
    """The stem of a lower-case word; the stemmers know accents, so ``word`` should have those of its language."""
    return STEMMERS.of(language).stemWord(word)
