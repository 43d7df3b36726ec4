"""The index in SQLite: two FTS5 tables a side that hold no text, only where words are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from django.db import connection
from pyroaring import BitMap

from clavet.search.backends import Fields, Lookup
from clavet.search.positions import LANGUAGE_BITS

KEY_FIELDS = ("title", "summary", "body")
WORD_FIELDS = ("title", "text")
COLUMNS = {"any": "", "title": "{title} : ", "summary": "{summary} : ", "words": "", "title_words": "{title} : "}


def create_statements(side: int) -> list[str]:
    """The tables of a side. Keys need no places within a field, words do: phrases are looked up there."""
    return [
        f"CREATE VIRTUAL TABLE search_keys_{side} USING fts5(title, summary, body, content='', detail='column', "
        "columnsize=0, tokenize='unicode61 remove_diacritics 0')",
        f"CREATE VIRTUAL TABLE search_words_{side} USING fts5(title, text, content='', columnsize=0, "
        "tokenize='unicode61 remove_diacritics 0')",
    ]


def rows(fields: Fields) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of an entry in both tables."""
    keys = (fields.title_keys, fields.summary_keys, fields.body_keys)
    words = (fields.title_words, fields.text_words)
    return tuple(" ".join(part) for part in keys), tuple(" ".join(part) for part in words)


def expression(lookup: Lookup) -> str:
    """A lookup in FTS5's language. Keys and words hold letters and digits only, and stand in quotation marks."""
    star = " *" if lookup.prefix else ""
    return COLUMNS[lookup.where] + "(" + " OR ".join(f'"{item}"{star}' for item in lookup.alternatives) + ")"


class SqliteBackend:
    """FTS5."""

    def write(self, side: int, entries: Iterable[tuple[int, Fields]]) -> None:
        """Put in entries that are not in the index."""
        laid_out = [(entry, *rows(fields)) for entry, fields in entries]
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO search_keys_{side}(rowid, title, summary, body) VALUES (%s, %s, %s, %s)",  # noqa: S608
                [(entry, *keys) for entry, keys, _words in laid_out],
            )
            cursor.executemany(
                f"INSERT INTO search_words_{side}(rowid, title, text) VALUES (%s, %s, %s)",  # noqa: S608
                [(entry, *words) for entry, _keys, words in laid_out],
            )

    def remove(self, side: int, entries: Iterable[tuple[int, Fields]]) -> None:
        """Take out entries: a table without text has to be told what it holds of each."""
        laid_out = [(entry, *rows(fields)) for entry, fields in entries]
        keys_table, words_table = f"search_keys_{side}", f"search_words_{side}"
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {keys_table}({keys_table}, rowid, title, summary, body) "  # noqa: S608
                "VALUES ('delete', %s, %s, %s, %s)",
                [(entry, *keys) for entry, keys, _words in laid_out],
            )
            cursor.executemany(
                f"INSERT INTO {words_table}({words_table}, rowid, title, text) "  # noqa: S608
                "VALUES ('delete', %s, %s, %s)",
                [(entry, *words) for entry, _keys, words in laid_out],
            )

    def find(self, side: int, lookups: Sequence[Lookup]) -> list[BitMap]:
        """The positions found by each lookup, packed by SQLite itself: fetched as rows they would take far longer."""
        if not lookups:
            return []
        parts, values = [], []
        for number, lookup in enumerate(lookups):
            table = f"search_{'words' if 'words' in lookup.where else 'keys'}_{side}"
            parts.append(
                f"SELECT {number}, json_group_array(rowid >> {LANGUAGE_BITS}) FROM {table} "  # noqa: S608
                f"WHERE {table} MATCH %s"
            )
            values.append(expression(lookup))
        found = [BitMap() for _lookup in lookups]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            for number, packed in cursor.fetchall():
                found[number] = BitMap(json.loads(packed))
        return found

    def empty(self, side: int) -> None:
        """Take out everything."""
        with connection.cursor() as cursor:
            for table in (f"search_keys_{side}", f"search_words_{side}"):
                cursor.execute(f"INSERT INTO {table}({table}) VALUES ('delete-all')")  # noqa: S608

    def finish(self, side: int) -> None:
        """Merge the pieces in which FTS5 has written."""
        with connection.cursor() as cursor:
            for table in (f"search_keys_{side}", f"search_words_{side}"):
                cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608

    def size(self, side: int) -> int:
        """Bytes of the blocks that hold the words."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT (SELECT coalesce(sum(length(block)), 0) FROM search_keys_{side}_data) + "  # noqa: S608
                f"(SELECT coalesce(sum(length(block)), 0) FROM search_words_{side}_data)"
            )
            return cursor.fetchone()[0]
