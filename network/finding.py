"""How authorities are found: their facets, and the words of their names. Both are kept beside the rows.

Sets of authorities are bitmaps as sets of records are (``clavet.search.positions``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import transaction
from pyroaring import BitMap

from clavet.cache import generation
from clavet.languages import CODES
from clavet.publishing.facets import CHUNK, ROOM, Values
from clavet.search import facet_store
from clavet.search.analysis.folding import fold
from clavet.search.positions import position_of
from clavet.vocabulary.tree import Tree, read_tree
from network.models import Authority, NameWord
from network.models.words import BEGINNING

PREFIX = "AU"
LONGEST_WORD = 60
MOST_WORDS = 8
WORD = re.compile(r"[^\W_]+")


def values_of(authority: Authority, tree: Tree) -> Values:
    """Every facet of an authority that is in the directory, with its values; topics with all that are broader."""
    single = {
        "country": authority.country.code,
        "authority_kind": authority.kind,
        "size": authority.size.value if authority.size else "",
        "urbanisation": authority.urbanisation,
        "level": authority.governance_level,
        "standing": authority.status,
        "invented": "yes" if authority.is_example else "",
    }
    return {
        ROOM: {PREFIX},
        **{name: {value} if value else set() for name, value in single.items()},
        "working_language": set(authority.languages),
        "offered": tree.with_ancestors(authority.topics_offered),
        "sought": tree.with_ancestors(authority.topics_sought),
    }


def words_of(authority: Authority) -> set[str]:
    """The words of all its names, folded with the rules of the language that each is in."""
    names = [(authority.own_name, authority.own_language)]
    names += [(getattr(authority, f"other_name_{code}") or "", code) for code in CODES]
    return {word for name, language in names for word in folded(name, language)}


def folded(text: str, language: str) -> list[str]:
    """The words of ``text`` as ``language`` compares them."""
    return [word[:LONGEST_WORD] for word in WORD.findall(fold(text, language))]


def facets_of_all() -> Iterator[tuple[str, Values]]:
    """The codes of all authorities in the directory with their facets, for a rebuild. Their words are made anew."""
    tree = read_tree("en")
    NameWord.objects.all().delete()
    several = Authority.objects.visible().order_by("code_id").iterator(chunk_size=CHUNK)
    while chunk := list(islice(several, CHUNK)):
        write_words(chunk)
        for authority in chunk:
            yield authority.code_id, values_of(authority, tree)


@transaction.atomic
def lay_out(codes: Sequence[str]) -> None:
    """Bring what is kept of these authorities to their state of now: nothing of those that are not in the directory."""
    tree = read_tree("en")
    found = {authority.code_id: authority for authority in Authority.objects.visible().filter(code_id__in=codes)}
    facet_store.write({position_of(code): values_of(found[code], tree) if code in found else {} for code in codes})
    NameWord.objects.filter(position__in=[position_of(code) for code in codes]).delete()
    write_words(found.values())
    generation.bump()


def write_words(authorities: Iterable[Authority]) -> None:
    """Write the words of authorities that have none written."""
    NameWord.objects.bulk_create(
        (
            NameWord(position=position_of(authority.code_id), beginning=word[:BEGINNING], word=word)
            for authority in authorities
            for word in sorted(words_of(authority))
        ),
        batch_size=1000,
    )


def follow(authority: Authority) -> None:
    """What follows from a change of one authority."""
    lay_out([authority.code_id])


def named(text: str, language: str) -> BitMap:
    """The authorities one of whose names has all words of ``text``: from three letters on their beginnings do."""
    words = list(dict.fromkeys(folded(text, language)))[:MOST_WORDS]
    found = []
    for word in words:
        rows = NameWord.objects.filter(beginning=word[:BEGINNING])
        if len(word) > BEGINNING:
            rows = rows.filter(word__startswith=word)
        found.append(BitMap(rows.values_list("position", flat=True)))
    return BitMap.intersection(*found) if found else BitMap()
