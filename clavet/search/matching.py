"""Which records a query finds, in the reader's language and in others. All of it is sets of positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pyroaring import BitMap

from clavet.languages import CODES
from clavet.search.analysis.lemmas import is_known
from clavet.search.backends import Lookup
from clavet.search.concepts import Labels, Span, longest
from clavet.search.facet_store import Positions
from clavet.search.lookups import Found, find
from clavet.search.positions import union
from clavet.search.query import Query, Reading, Wanted, reading_of

# The facet of all languages that a record can be read in, summaries included.
READABLE = "readable"


@dataclass(frozen=True)
class Evidence:
    """Where one word of the query is found in the reader's language: in titles, summaries, anywhere, as a topic."""

    word: Wanted
    title: BitMap
    exact_title: BitMap
    summary: BitMap
    anywhere: BitMap
    topic: BitMap


@dataclass
class Match:
    """What a query finds: in the reader's language with the evidence for it, and in others, by language."""

    query: Query
    reading: Reading
    evidence: list[Evidence]
    spans: list[Span]
    own: BitMap
    others: BitMap
    by_language: dict[str, BitMap]
    phrase_in_title: BitMap
    phrase_anywhere: BitMap
    known: list[bool] = field(default_factory=list)

    @property
    def everything(self) -> BitMap:
        """All that it finds, once each."""
        return self.own | self.others

    @property
    def by_topic(self) -> BitMap:
        """Records that carry a topic which the query names."""
        return union([entry.topic for entry in self.evidence])


def match(query: Query, language: str, labels: Labels, positions: Positions) -> Match:
    """Everything that ``query`` finds for a reader of ``language``. One query to the index, whatever is asked."""
    readings = {code: reading_of(query, code) for code in CODES}
    spans = longest({span for reading in readings.values() for span in labels.spans(reading)})
    found = find([lookup for code in CODES for lookup in lookups_of(readings[code], own=code == language)])
    topics = positions.get("topic", {})
    excluded = union([_excluded(readings[code], found) for code in CODES])
    by_language, known = {}, [False] * len(readings[language].words)
    evidence: list[Evidence] = []
    for code in CODES:
        reading = readings[code]
        here = [_evidence(word, code, spans, topics, found, own=code == language) for word in reading.words]
        readable = positions.get(READABLE, {}).get(code, BitMap())
        by_language[code] = (_together(here, reading, found) & readable) - excluded
        if code == language:
            evidence = here
        _mark_known(known, readings[language], here)
    own = by_language.pop(language)
    others = union(list(by_language.values())) - own
    # Who can read a record in her own language is not shown it for a word that it has in another one, where the word
    # may mean something else; unless there is nothing at all, because she wrote in that language.
    elsewhere = others - positions.get(READABLE, {}).get(language, BitMap())
    others = elsewhere if own or elsewhere else others
    sequence = _sequence(readings[language])
    return Match(
        query,
        readings[language],
        evidence,
        spans,
        own,
        others,
        by_language,
        found.of("title_words", [sequence]) if sequence else BitMap(),
        found.of("words", [sequence]) if sequence else BitMap(),
        known,
    )


def lookups_of(reading: Reading, *, own: bool) -> list[Lookup]:
    """All that the index is asked for one language; for the reader's own also where in a record words stand."""
    language = reading.language
    found = []
    for word in reading.words:
        found += _anywhere(word, language, own=own)
        if own:
            found += [Lookup(where, _keys(word.keys, language)) for where in ("title", "summary") if word.keys]
            found.append(Lookup("title_words", (language + word.surface,)))
    found += [Lookup("words", (_phrase(phrase, language),)) for phrase in (*reading.phrases, *reading.excluded_phrases)]
    found += [Lookup("any", _keys(keys, language)) for keys in reading.excluded_keys if keys]
    sequence = _sequence(reading) if own else ""
    if sequence:
        found += [Lookup("title_words", (sequence,)), Lookup("words", (sequence,))]
    return found


def _anywhere(word: Wanted, language: str, *, own: bool) -> list[Lookup]:
    """The lookups for a word in all fields: by its keys, as it stands, or as the beginning of longer words.

    In a language that is not the reader's a word is taken as it stands, unless that language knows it: what is left of
    it by the rules of a language that it is not of means nothing.
    """
    if word.is_prefix:
        return [Lookup("words", (language + word.surface,), prefix=True)]
    if word.is_stop or not word.keys or not (own or is_known(word.surface, language)):
        return [Lookup("words", (language + word.surface,))]
    return [Lookup("any", _keys(keys, language)) for keys in (word.keys, *word.parts) if keys]


def _keys(keys: Sequence[str], language: str) -> tuple[str, ...]:
    return tuple(language + key for key in keys)


def _phrase(surfaces: str, language: str) -> str:
    return " ".join(language + surface for surface in surfaces.split(" "))


def _sequence(reading: Reading) -> str:
    """The words of the query one behind the other, if there are several: records that say it just so come first."""
    if len(reading.words) < 2:
        return ""
    return _phrase(" ".join(word.surface for word in reading.words), reading.language)


def _evidence(
    word: Wanted, language: str, spans: list[Span], topics: dict[str, BitMap], found: Found, *, own: bool
) -> Evidence:
    named = [span.concept for span in spans if span.start <= word.start and word.end <= span.end]
    answers = [found[lookup] for lookup in _anywhere(word, language, own=own)]
    anywhere = answers[0] | BitMap.intersection(*answers[1:]) if len(answers) > 2 else answers[0]
    nothing = BitMap()
    return Evidence(
        word,
        found.of("title", _keys(word.keys, language)) if own and word.keys else nothing,
        found.of("title_words", [language + word.surface]) if own else nothing,
        found.of("summary", _keys(word.keys, language)) if own and word.keys else nothing,
        anywhere,
        union([topics[concept] for concept in named if concept in topics]),
    )


def _together(evidence: list[Evidence], reading: Reading, found: Found) -> BitMap:
    """Records for which every word is in the text or named by a topic, and every phrase is in the text."""
    if not evidence:
        return BitMap()
    sets = [entry.anywhere | entry.topic for entry in evidence]
    sets += [found.of("words", [_phrase(phrase, reading.language)]) for phrase in reading.phrases]
    return BitMap.intersection(*sets)


def _excluded(reading: Reading, found: Found) -> BitMap:
    sets = [found.of("any", _keys(keys, reading.language)) for keys in reading.excluded_keys if keys]
    sets += [found.of("words", [_phrase(phrase, reading.language)]) for phrase in reading.excluded_phrases]
    return union(sets)


def _mark_known(known: list[bool], own: Reading, evidence: list[Evidence]) -> None:
    """A word is known if any language finds it, as a word or as a topic, in this place of the query."""
    for number, word in enumerate(own.words):
        for entry in evidence:
            if entry.word.start < word.end and word.start < entry.word.end and (entry.anywhere or entry.topic):
                known[number] = True
