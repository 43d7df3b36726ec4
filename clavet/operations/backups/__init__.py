"""One archive that holds the whole portal: every row and every file, restorable on SQLite and on PostgreSQL.

- ``rows``: tables as lines of JSON, and back;
- ``archive``: the file itself, its manifest and its digests;
- ``making`` and ``restoring``: what the two commands do.
"""
