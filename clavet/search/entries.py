"""What stands in the index: written with the publication that changes it, in its transaction, or anew by a rebuild."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass

from django.db.models import F

from clavet.search import state
from clavet.search.analysis import tokens
from clavet.search.backends import Fields, backend
from clavet.search.models import IndexEntry, IndexWord
from clavet.search.positions import LANGUAGE_BITS, entry_of, position_of, record_and_language

# Words beyond these many are beyond what PostgreSQL can place; no record's limits allow as much.
MOST_WORDS = 16_000
LONGEST_WORD = 40
BATCH = 500


@dataclass(frozen=True)
class Texts:
    """What a record says in one language."""

    title: str
    summary: str
    body: str


Written = list[tuple[int, Fields]]
ByLanguage = Mapping[str, Texts]


def fields_of(texts: Texts, language: str) -> Fields:
    """The words and keys of one entry. Words without a meaning of their own have no keys: they are found as words."""
    analysed = [list(tokens(part, language)) for part in (texts.title, texts.summary, texts.body)]
    keys = [
        tuple(sorted({language + key for token in part if not token.stop for key in token.keys})) for part in analysed
    ]
    words = [tuple(language + token.surface[:LONGEST_WORD] for token in part) for part in analysed]
    return Fields(*keys, words[0], (*words[1], *words[2])[:MOST_WORDS])


def digest_of(texts: Texts) -> str:
    """Tells whether an entry has to be written again."""
    return hashlib.blake2b("\0".join(astuple(texts)).encode("utf-8", "replace"), digest_size=16).hexdigest()


def pack(fields: Fields) -> bytes:
    """Fields as the database keeps them."""
    return zlib.compress(json.dumps(astuple(fields), ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack(packed: bytes) -> Fields:
    """Fields as they were packed."""
    return Fields(*(tuple(part) for part in json.loads(zlib.decompress(bytes(packed)))))


def write(records: Mapping[str, ByLanguage]) -> None:
    """From now on the index says this of these records (by code), and nothing else. Called in a transaction."""
    for side in state.lock().sides:
        _write(side, records)


def _write(side: int, records: Mapping[str, ByLanguage]) -> None:
    wanted: dict[int, tuple[str, Texts, str]] = {}
    standing: dict[int, IndexEntry] = {}
    for code, by_language in records.items():
        position = position_of(code)
        first, beyond = position << LANGUAGE_BITS, (position + 1) << LANGUAGE_BITS
        rows = IndexEntry.objects.filter(side=side, entry__gte=first, entry__lt=beyond)
        standing |= {row.entry: row for row in rows}
        for language, texts in by_language.items():
            wanted[entry_of(position, language)] = (digest_of(texts), texts, language)
    gone = [row for row in standing.values() if row.entry not in wanted or wanted[row.entry][0] != row.digest]
    fresh = [entry for entry in wanted if entry not in standing or standing[entry].digest != wanted[entry][0]]
    _take_out(side, gone)
    put_in(side, [(entry, *wanted[entry]) for entry in fresh])


def _take_out(side: int, rows: list[IndexEntry]) -> None:
    if not rows:
        return
    written = [(row.entry, unpack(row.packed)) for row in rows]
    backend().remove(side, written)
    IndexEntry.objects.filter(pk__in=[row.pk for row in rows]).delete()
    count_words(side, words_of(written), -1)


def put_in(
    side: int, entries: Iterable[tuple[int, str, Texts, str]], words: dict[str, Counter[str]] | None = None
) -> None:
    """Write entries (number, digest, texts, language) that the side does not hold.

    Their words are counted in at once, or into ``words``, for whoever writes many and counts them in at the end.
    """
    made = [(entry, digest, fields_of(texts, language)) for entry, digest, texts, language in entries]
    if not made:
        return
    written = [(entry, fields) for entry, _digest, fields in made]
    backend().write(side, written)
    IndexEntry.objects.bulk_create(
        IndexEntry(side=side, entry=entry, digest=digest, packed=pack(fields)) for entry, digest, fields in made
    )
    if words is None:
        count_words(side, words_of(written), 1)
    else:
        for language, found in words_of(written).items():
            words.setdefault(language, Counter()).update(found)


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


def words_of(written: Written) -> dict[str, Counter[str]]:
    """In how many of these entries each word stands, by language."""
    found: dict[str, Counter[str]] = {}
    for entry, fields in written:
        _position, language = record_and_language(entry)
        words = {word[2:] for word in (*fields.title_words, *fields.text_words)}
        found.setdefault(language, Counter()).update(word for word in words if not word.isdigit() and len(word) > 1)
    return found


def by_number(words: Counter[str]) -> Iterable[tuple[int, list[str]]]:
    """Words that are counted alike, in lists short enough for one statement."""
    alike: dict[int, list[str]] = {}
    for word in sorted(words):
        alike.setdefault(words[word], []).append(word)
    for number, several in sorted(alike.items()):
        for start in range(0, len(several), BATCH):
            yield number, several[start : start + BATCH]
