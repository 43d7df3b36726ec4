"""The index in PostgreSQL: one table a side with two text search vectors, under two GIN indexes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection
from pyroaring import BitMap

from clavet.search.backends import Fields, Lookup
from clavet.search.positions import LANGUAGE_BITS

# Weights stand for fields.
WEIGHTS = {"any": "", "title": "A", "summary": "B", "words": "", "title_words": "A"}
# What a vector can hold of one word and of one text; a word beyond that is still found, but not within a phrase.
LAST_PLACE = 16383


def create_statements(side: int) -> list[str]:
    """The table of a side and its indexes. ``fastupdate`` is off: it would put the cost of writing onto a reader."""
    return [
        f"CREATE TABLE search_{side} (entry bigint PRIMARY KEY, keys tsvector NOT NULL, words tsvector NOT NULL)",
        f"CREATE INDEX search_{side}_keys ON search_{side} USING gin (keys) WITH (fastupdate = off)",
        f"CREATE INDEX search_{side}_words ON search_{side} USING gin (words) WITH (fastupdate = off)",
    ]


def keys_vector(fields: Fields) -> str:
    """The keys of an entry as a text search vector, in its written form. Each field has a place of its own: of two
    weights in one place PostgreSQL keeps the heavier alone."""
    weights: dict[str, str] = defaultdict(str)
    for place, keys in (("1A", fields.title_keys), ("2B", fields.summary_keys), ("3D", fields.body_keys)):
        for key in keys:
            weights[key] += ("," if weights[key] else "") + place
    return " ".join(f"{key}:{places}" for key, places in weights.items())


def words_vector(fields: Fields) -> str:
    """The words of an entry with their places; a gap keeps a phrase from running from the title into the text."""
    places: dict[str, list[str]] = defaultdict(list)
    for number, word in enumerate(fields.title_words, start=1):
        places[word].append(f"{number}A")
    for number, word in enumerate(fields.text_words, start=len(fields.title_words) + 2):
        places[word].append(f"{min(number, LAST_PLACE)}D")
    return " ".join(f"{word}:{','.join(several)}" for word, several in places.items())


def expression(lookup: Lookup) -> str:
    """A lookup in PostgreSQL's language. Keys and words hold letters and digits only."""
    weight = WEIGHTS[lookup.where]
    found = []
    for alternative in lookup.alternatives:
        words = alternative.split(" ")
        last = len(words) - 1
        marks = [
            f"{word}:{weight}{'*' if lookup.prefix and number == last else ''}".rstrip(":")
            for number, word in enumerate(words)
        ]
        found.append("(" + " <-> ".join(marks) + ")")
    return " | ".join(found)


class PostgresqlBackend:
    """Text search vectors without a configuration: words come analysed."""

    def write(self, side: int, entries: Iterable[tuple[int, Fields]]) -> None:
        """Put in entries that are not in the index."""
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO search_{side} (entry, keys, words) VALUES (%s, %s::tsvector, %s::tsvector)",  # noqa: S608
                [(entry, keys_vector(fields), words_vector(fields)) for entry, fields in entries],
            )

    def remove(self, side: int, entries: Iterable[tuple[int, Fields]]) -> None:
        """Take out entries."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM search_{side} WHERE entry = ANY(%s)",  # noqa: S608
                [[entry for entry, _fields in entries]],
            )

    def find(self, side: int, lookups: Sequence[Lookup]) -> list[BitMap]:
        """The positions found by each lookup."""
        if not lookups:
            return []
        parts, values = [], []
        for number, lookup in enumerate(lookups):
            column = "words" if "words" in lookup.where else "keys"
            parts.append(
                f"SELECT {number}, array_agg((entry >> {LANGUAGE_BITS})) FROM search_{side} "  # noqa: S608
                f"WHERE {column} @@ %s::tsquery"
            )
            values.append(expression(lookup))
        found = [BitMap() for _lookup in lookups]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            for number, positions in cursor.fetchall():
                found[number] = BitMap(positions or ())
        return found

    def empty(self, side: int) -> None:
        """Take out everything."""
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE search_{side}")

    def finish(self, side: int) -> None:
        """Let the planner know what there is now."""
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE search_{side}")

    def size(self, side: int) -> int:
        """Bytes of the table with its indexes."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_total_relation_size(%s)", [f"search_{side}"])
            return cursor.fetchone()[0]
