"""Words made of words: Dutch ``beroepsonderwijs``, and in all languages ``microcredential``, which is also written with
a hyphen or as two words.
"""

from __future__ import annotations

from clavet.search.analysis.lemmas import is_known, lemmas_of

SHORTEST_PART = 4
# Shorter words that end compounds; most others of their length would be found where there is no compound.
SHORT_WORDS = frozenset(("bad", "bos", "bus", "dag", "lab", "les", "pad", "vak", "weg", "wet"))
# What may stand between two parts.
LINKS = ("", "s", "en", "e", "n")
# With these before it a Dutch word is another word, and no compound: onderwijs is not wijs.
PARTICLES = frozenset(
    """
    achter alles anders binnen boven buiten daar door eerst elke erom even gelijk goed hier hoog iets immer kwar
    langs maat mede meer naar neder niet onder open over rond samen tegen terug tussen vast veel verder verg vers
    vert vlak voor voort vooruit waar weder weer zelf zonder
    """.split()  # noqa: SIM905 - to be read as words
)
# Endings that make a word of a word, and look like words themselves: toetsing does not sing.
SUFFIXES = frozenset(
    """
    achtig aderen baar chap dien dienen ding eden ellen eren erend eten heen heid isme lijk lijke loos loze matig
    matige meen ment naar pees ring roten schap schappelijk sing sleden ster steren talig talige tien tijk zaam
    """.split()  # noqa: SIM905 - to be read as words
)
# What only begins words, in whichever of our languages; the word after it must be this long.
BEGINNINGS = ("micro", "mikro", "macro", "makro", "multi", "cyber", "video", "euro", "agro", "socio", "μικρο", "ευρω")
SHORTEST_AFTER_BEGINNING = 6


def parts_of(surface: str, language: str) -> tuple[str, ...]:
    """The two folded words that a folded word is made of; empty for a word that is no compound."""
    for beginning in BEGINNINGS:
        rest = surface.removeprefix(beginning)
        if rest != surface and len(rest) >= SHORTEST_AFTER_BEGINNING and is_known(rest, language):
            return beginning, rest
    if language != "nl" or not surface.isalpha():
        return ()
    # A word that the dictionary has is split in its dictionary form: mentoren has nothing to do with oren.
    return split(min(lemmas_of(surface, language), key=lambda lemma: (len(lemma), lemma), default=surface))


def split(word: str) -> tuple[str, ...]:
    """A Dutch word as a known first part and a known last one, the last as long as possible; a link may part them."""
    for start in range(SHORTEST_PART, len(word) - 2):
        last = word[start:]
        if not is_last_part(last):
            continue
        for link in LINKS:
            first = word[:start].removesuffix(link)
            if word[:start].endswith(link) and is_first_part(first):
                return first, last
    return ()


def is_first_part(first: str) -> bool:
    """Whether a Dutch compound may begin with a folded word."""
    return len(first) >= SHORTEST_PART and first not in PARTICLES and is_known(first, "nl")


def is_last_part(last: str) -> bool:
    """Whether a Dutch compound may end with a folded word."""
    return last in SHORT_WORDS or (len(last) >= SHORTEST_PART and last not in SUFFIXES and is_known(last, "nl"))
