"""Topics that a query names: a label in any language, in any inflection, leads to records in all of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache

from clavet.cache.kept import kept
from clavet.languages import CODES
from clavet.search.analysis import fold, query_keys, tokens
from clavet.search.query import Piece, Reading, wanted
from clavet.vocabulary.models import AlternativeLabel, Concept

Label = tuple[str, str, str]  # concept, language, text


@dataclass(frozen=True)
class Span:
    """A part of the query, from one place to another, that is a label of a concept."""

    start: int
    end: int
    concept: str


@dataclass(frozen=True)
class Suggested:
    """A concept that what was typed so far may become, with the label that it begins."""

    concept: str
    label: str


class Labels:
    """All labels of the vocabulary, analysed: by language and first key what the whole label asks for."""

    def __init__(self, labels: tuple[Label, ...]) -> None:
        self.labels = labels
        self.by_key: dict[tuple[str, str], list[tuple[tuple[frozenset[str], ...], str]]] = defaultdict(list)
        self.folded: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for concept, language, text in labels:
            words = tuple(frozenset(keys) for keys in label_keys(text, language) if keys)
            for key in words[0] if words else ():
                self.by_key[language, key].append((words, concept))
            self.folded[language].append((fold(text, language), concept, text))

    def spans(self, reading: Reading) -> set[Span]:
        """Where a language finds labels of its own in a query, the longest ones only."""
        found: set[Span] = set()
        words = [word for word in reading.words if word.keys]
        for first, word in enumerate(words):
            for key in word.keys:
                for label, concept in self.by_key.get((reading.language, key), ()):
                    here = words[first : first + len(label)]
                    if len(here) == len(label) and all(
                        keys & set(other.keys) for keys, other in zip(label, here, strict=True)
                    ):
                        found.add(Span(here[0].start, here[-1].end, concept))
        return found

    def beginning_with(self, typed: str, language: str, most: int) -> list[Suggested]:
        """Concepts one of whose labels, or a word of it, begins with what was typed; those that begin with it first."""
        wanted = fold(" ".join(typed.split()), language)
        ranked: dict[str, tuple[int, str]] = {}
        for folded, concept, text in self.folded.get(language, ()):
            at = 0 if folded.startswith(wanted) else 1 if f" {wanted}" in f" {folded}" else None
            if at is not None and (concept not in ranked or at < ranked[concept][0]):
                ranked[concept] = (at, text)
        order = sorted(ranked, key=lambda concept: (ranked[concept][0], len(ranked[concept][1]), concept))
        return [Suggested(concept, ranked[concept][1]) for concept in order[:most]]

    def words(self, language: str) -> set[str]:
        """The folded words of all labels of a language."""
        return {word for folded, _concept, _text in self.folded.get(language, ()) for word in folded.split()}


def label_keys(text: str, language: str) -> list[tuple[str, ...]]:
    """The keys of each telling word of a label: of whole words, so that ``school`` does not name ``schoolbus``."""
    telling = (token for token in tokens(text, language) if not token.stop)
    return [query_keys(text[token.start : token.end], language) for token in telling]


@kept
def read_labels() -> Labels:
    """The labels as they stand."""
    found: list[Label] = []
    for row in Concept.objects.order_by("id").values("id", *(f"preferred_{code}" for code in CODES)):
        found += [(row["id"], code, row[f"preferred_{code}"]) for code in CODES if row[f"preferred_{code}"]]
    rows = AlternativeLabel.objects.order_by("concept_id", "language", "position", "id")
    found += rows.values_list("concept_id", "language", "text")
    return analysed_labels(tuple(found))


@lru_cache(maxsize=2)
def analysed_labels(labels: tuple[Label, ...]) -> Labels:
    """``labels`` analysed, which takes a moment: done again only when one has changed."""
    return Labels(labels)


def topics_of(text: str, language: str) -> Counter[str]:
    """How often a text in ``language`` names each concept by any of its labels, in any inflection."""
    words = wanted(Piece(text, 0, is_phrase=False, is_excluded=False), text, language)
    telling = tuple(word for word in words if not word.is_stop)
    return Counter(span.concept for span in read_labels().spans(Reading(language, telling, (), (), ())))


def longest(spans: set[Span]) -> list[Span]:
    """Spans that lie in no longer one."""
    return sorted(
        (
            span
            for span in spans
            if not any(
                other.start <= span.start and span.end <= other.end and other.end - other.start > span.end - span.start
                for other in spans
            )
        ),
        key=lambda span: (span.start, span.end, span.concept),
    )
