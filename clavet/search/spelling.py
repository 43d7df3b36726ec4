"""What may have been meant by a word that the index does not have: its own words, the nearest first."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from clavet.search import state
from clavet.search.concepts import Labels
from clavet.search.models import IndexWord

SHORTEST = 4
# Two slips are forgiven in words of at least so many letters, one in shorter ones.
LONG = 8


def nearest(word: str, language: str, labels: Labels, most: int = 3) -> list[str]:
    """At most ``most`` words that differ from the folded ``word`` by a slip or two, the nearest and commonest first.

    A slip is a letter too many, too few, another one, or two in each other's place (optimal string alignment).
    """
    if len(word) < SHORTEST or word.isdigit():
        return []
    slips = 2 if len(word) >= LONG else 1
    rows = IndexWord.objects.filter(
        side=state.live(), language=language, length__range=(len(word) - slips, len(word) + slips), entries__gt=0
    )
    known = dict(rows.values_list("word", "entries"))
    known |= {other: 1 for other in labels.words(language) if other not in known}
    found = list(_near(word, known, slips))
    found.sort(key=lambda other: (OSA.distance(word, other), word[0] != other[0], -known[other], other))
    return found[:most]


def _near(word: str, known: Iterable[str], slips: int) -> Iterable[str]:
    return (other for other in known if OSA.distance(word, other, score_cutoff=slips) <= slips and other != word)
