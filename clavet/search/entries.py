"""What stands in the index: written with the publication that changes it, in its transaction, or anew by a rebuild."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import F

from clavet.search import state
from clavet.search.backends import backend
from clavet.search.models import IndexEntry, IndexWord
from clavet.search.positions import LANGUAGE_BITS, entry_of, position_of, record_and_language
from clavet.search.preparing import Prepare, Prepared, Texts, Wanted, prepare, unpack

BATCH = 500

ByLanguage = Mapping[str, Texts]
Words = dict[str, Counter[str]]


def write(records: Mapping[str, ByLanguage]) -> None:
    """From now on the index says this of these records (by code), and nothing else. Called in a transaction."""
    for side in state.lock().sides:
        _write(side, records)


def _write(side: int, records: Mapping[str, ByLanguage]) -> None:
    wanted = {item.entry: item for item in wanted_of(records)}
    standing: dict[int, IndexEntry] = {}
    for code in records:
        first = position_of(code) << LANGUAGE_BITS
        rows = IndexEntry.objects.filter(side=side, entry__gte=first, entry__lt=first + (1 << LANGUAGE_BITS))
        standing |= {row.entry: row for row in rows}
    digests = {entry: item.digest for entry, item in wanted.items()}
    _take_out(side, [row for row in standing.values() if digests.get(row.entry) != row.digest])
    fresh = [
        item for entry, item in wanted.items() if entry not in standing or standing[entry].digest != digests[entry]
    ]
    made = put_in(side, fresh, prepare)
    count_words(side, words_of(made), 1)


def wanted_of(records: Mapping[str, ByLanguage]) -> list[Wanted]:
    """All entries of these records (by code)."""
    return [
        Wanted(entry_of(position_of(code), language), texts, language)
        for code, by_language in records.items()
        for language, texts in by_language.items()
    ]


def _take_out(side: int, rows: list[IndexEntry]) -> None:
    if not rows:
        return
    written = [Prepared(row.entry, row.digest, unpack(row.packed), row.packed) for row in rows]
    backend().remove(side, [(item.entry, item.fields) for item in written])
    IndexEntry.objects.filter(pk__in=[row.pk for row in rows]).delete()
    count_words(side, words_of(written), -1)


def put_in(side: int, wanted: Iterable[Wanted], prepare: Prepare) -> list[Prepared]:
    """Write entries that the side does not hold; their words are left to be counted in (``count_words``)."""
    made = prepare(wanted)
    backend().write(side, [(item.entry, item.fields) for item in made])
    IndexEntry.objects.bulk_create(
        IndexEntry(side=side, entry=item.entry, digest=item.digest, packed=item.packed) for item in made
    )
    return made


def count_words(side: int, found: Mapping[str, Counter[str]], sign: int) -> None:
    """Count words in (``sign`` 1) or out (-1): language, word, in how many entries.

    On a side that is being built a word may be counted out before it is counted in.
    """
    for language, words in found.items():
        standing = IndexWord.objects.filter(side=side, language=language)
        known: set[str] = set()
        for number, several in by_number(words):
            here = list(standing.filter(word__in=several).values_list("word", flat=True))
            standing.filter(word__in=here).update(entries=F("entries") + sign * number)
            known.update(here)
        IndexWord.objects.bulk_create(
            (
                IndexWord(side=side, language=language, word=word, length=len(word), entries=sign * number)
                for word, number in sorted(words.items())
                if word not in known
            ),
            batch_size=BATCH,
        )
    if sign < 0:
        IndexWord.objects.filter(side=side, entries=0).delete()


def words_of(written: Iterable[Prepared]) -> Words:
    """In how many of these entries each word stands, by language."""
    found: Words = {}
    for item in written:
        _position, language = record_and_language(item.entry)
        words = {word[2:] for word in {*item.fields.title_words, *item.fields.text_words}}
        found.setdefault(language, Counter()).update(word for word in words if len(word) > 1 and not word.isdigit())
    return found


def by_number(words: Counter[str]) -> Iterable[tuple[int, list[str]]]:
    """Words that are counted alike, in lists short enough for one statement."""
    alike: dict[int, list[str]] = {}
    for word in sorted(words):
        alike.setdefault(words[word], []).append(word)
    for number, several in sorted(alike.items()):
        for start in range(0, len(several), BATCH):
            yield number, several[start : start + BATCH]
