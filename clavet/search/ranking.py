"""The order of what was found. It follows from where words stand, by the same rule on both databases; ties by code.

A record is better the more of the query's words are in its title (as they were typed, best of all), in its topics, in
its summary, and if it has them one behind the other. What nobody has confirmed for long sinks.
"""

from __future__ import annotations

from itertools import chain, islice

from pyroaring import BitMap

from clavet.search.matching import Evidence, Match

TITLE, EXACT_TITLE, TOPIC, SUMMARY, ANYWHERE = 8, 2, 5, 3, 1
PHRASE_IN_TITLE, PHRASE_ANYWHERE = 6, 3
UNCONFIRMED = -4
# Only so many are weighed one by one: those whose titles, then topics, then summaries have all words, then the rest.
WEIGHED = 400


def own_order(match: Match, within: BitMap, unconfirmed: BitMap) -> list[int]:
    """The positions of ``within`` that are found in the reader's language, best first."""
    records = match.own & within
    if len(records) <= WEIGHED:
        candidates = records
    else:
        candidates = BitMap(islice(chain.from_iterable(tiers(match, records)), WEIGHED))
    weights = {position: weight(match, position, unconfirmed) for position in candidates}
    best = sorted(candidates, key=lambda position: (-weights[position], position))
    return [*best, *(records - candidates)]


def tiers(match: Match, records: BitMap) -> list[BitMap]:
    """``records`` in groups of which each is likelier to hold the best than those behind it."""
    groups, left = [], records
    for fields in (("title",), ("title", "topic"), ("title", "topic", "summary")):
        here = left
        for entry in match.evidence:
            here = here & BitMap.union(*(getattr(entry, name) for name in fields))
        groups.append(here)
        left = left - here
    for name in ("title", "topic", "summary"):
        here = left & BitMap.union(*(getattr(entry, name) for entry in match.evidence))
        groups.append(here)
        left = left - here
    return [*groups, left]


def weight(match: Match, position: int, unconfirmed: BitMap) -> int:
    """How well the record at ``position`` answers the query."""
    total = sum(weight_of_word(entry, position) for entry in match.evidence)
    total += PHRASE_IN_TITLE if position in match.phrase_in_title else 0
    total += PHRASE_ANYWHERE if position in match.phrase_anywhere else 0
    return total + (UNCONFIRMED if position in unconfirmed else 0)


def weight_of_word(entry: Evidence, position: int) -> int:
    """What one word of the query gives to a record."""
    found = (
        (entry.title, TITLE),
        (entry.exact_title, EXACT_TITLE),
        (entry.topic, TOPIC),
        (entry.summary, SUMMARY),
        (entry.anywhere, ANYWHERE),
    )
    return sum(points for records, points in found if position in records)


def other_order(match: Match, within: BitMap) -> list[int]:
    """The positions of ``within`` that are found in other languages only: those on the topic first."""
    records = match.others & within
    on_topic = records & match.by_topic
    return [*on_topic, *(records - on_topic)]
