"""*Places like yours*: which authorities resemble one, and in what (records.md, "Authority").

One rule, used wherever places are compared. What two authorities share counts: their band of population 3, their
degree of urbanisation and their governance level 2 each, every topic that both seek 2, a working language 1. Who has
the most comes first, ties by code. What is not known of one of them is not shared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _
from pyroaring import BitMap

from clavet.languages import own_name
from clavet.search import facet_store
from clavet.search.facet_store import Positions
from clavet.search.positions import code_of, position_of, union
from network.facts import Size
from network.finding import PREFIX
from network.models import Authority
from network.names import in_language

WEIGHTS = {"size": 3, "urbanisation": 2, "level": 2, "sought": 2, "working_language": 1}
# What a place has to share at least to count as one like another: its size and something else, or three other things.
ENOUGH = 5
MOST = 5


class Trait(NamedTuple):
    """Something that authorities can share: the facet, and the values that count as one."""

    facet: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Alike:
    """An authority that resembles another, and what they share."""

    code: str
    points: int
    traits: tuple[Trait, ...]


def traits_of(authority: Authority) -> Iterator[Trait]:
    """What others can share with an authority. Topics count one by one, languages together: one is enough to talk."""
    for facet, value in (
        ("size", authority.size.value if authority.size else ""),
        ("urbanisation", authority.urbanisation),
        ("level", authority.governance_level),
    ):
        if value:
            yield Trait(facet, (value,))
    for topic in dict.fromkeys(authority.topics_sought):
        yield Trait("sought", (topic,))
    if authority.languages:
        yield Trait("working_language", tuple(dict.fromkeys(authority.languages)))


def holders(trait: Trait, positions: Positions) -> BitMap:
    """The authorities that have a trait."""
    here = positions.get(trait.facet, {})
    return BitMap.union(BitMap(), *(here[value] for value in trait.values if value in here))


def levels(authority: Authority, positions: Positions) -> list[BitMap]:
    """The other authorities by how much they share: in place *n* those with at least *n* points.

    An invented authority is compared with all, a real one with real ones only.
    """
    others = positions.get("room", {}).get(PREFIX, BitMap()) - BitMap([position_of(authority.code_id)])
    if not authority.is_example:
        others -= positions.get("invented", {}).get("yes", BitMap())
    found = [others]
    for trait in traits_of(authority):
        sharing = holders(trait, positions) & others
        weight = WEIGHTS[trait.facet]
        found += [BitMap() for _point in range(weight)]
        for points in range(len(found) - 1, 0, -1):
            found[points] |= found[max(points - weight, 0)] & sharing
    return found


def places_like(authority: Authority, number: int = MOST) -> list[Alike]:
    """The authorities that resemble this one most, each with what they share."""
    positions = facet_store.positions()
    ranked, seen = [], BitMap()
    by_points = levels(authority, positions)
    for points in range(len(by_points) - 1, ENOUGH - 1, -1):
        ranked += [(position, points) for position in (by_points[points] - seen)[: number - len(ranked)]]
        seen |= by_points[points]
        if len(ranked) >= number:
            break
    having = [(trait, holders(trait, positions)) for trait in traits_of(authority)]
    return [
        Alike(code_of(position), points, tuple(trait for trait, those in having if position in those))
        for position, points in ranked
    ]


def all_like(authority: Authority) -> BitMap:
    """Every authority that counts as a place like this one."""
    by_points = levels(authority, facet_store.positions())
    return by_points[ENOUGH] if len(by_points) > ENOUGH else BitMap()


def records_from_places_like(authority: Authority) -> BitMap:
    """The public records, of any kind, that authorities like this one name as theirs."""
    alike, owners = all_like(authority), facet_store.positions().get("authority", {})
    return union([records for owner, records in owners.items() if position_of(owner) in alike])


def traits_in_words(authority: Authority, topic_labels: dict[str, str]) -> list[str]:
    """What others can share with an authority, in words; languages under their own names."""
    found = []
    for trait in traits_of(authority):
        if trait.facet == "size":
            found.append(str(Size(trait.values[0]).label))
        elif trait.facet == "urbanisation":
            found.append(str(authority.get_urbanisation_display()))
        elif trait.facet == "level":
            found.append(str(authority.get_governance_level_display()))
        elif trait.facet == "sought" and trait.values[0] in topic_labels:
            found.append(topic_labels[trait.values[0]])
        elif trait.facet == "working_language":
            found += [in_language(own_name(code), code) for code in trait.values]
    return found


def reasons(alike: Alike, topic_labels: dict[str, str]) -> list[str]:
    """What two authorities share, in words."""
    facets = {trait.facet for trait in alike.traits}
    words = {
        "size": _("of about the same size"),
        "urbanisation": _("settled as densely"),
        "level": _("at the same governance level"),
    }
    found = [text for facet, text in words.items() if facet in facets]
    topics = [topic_labels[trait.values[0]] for trait in alike.traits if trait.values[0] in topic_labels]
    if topics:
        found.append(_("looks for the same: %(topics)s") % {"topics": ", ".join(topics)})
    if "working_language" in facets:
        found.append(_("shares a working language"))
    return found
