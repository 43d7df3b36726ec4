"""Publishing: codes, records, revisions, versions and translations, written once for every kind of record.

What is public is live; everything else is a revision (docs/decisions.md says why).
"""
