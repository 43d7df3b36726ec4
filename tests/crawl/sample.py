"""The whole sample of ``data/`` in the test database, loaded once for all tests of a package and taken away again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction

from clavet.operations import catalogues
from clavet.pages import loading as pages
from clavet.vocabulary import loading as vocabulary
from fiches import sample
from network.sample import load_authorities, load_partners

# Practices are many and of one kind: some complete in nine languages, some summaries only, of every outcome.
PRACTICES = ("BP-0007", "BP-0021")
# So many that those of these practices are among them, and that their list has two pages.
AUTHORITIES = 28


@contextmanager
def loaded_sample() -> Iterator[None]:
    """Everything that a fresh portal shows, inside a transaction that never ends well."""
    catalogues.compile_changed(settings.PROJECT / "locale")
    data = settings.PROJECT / "data"
    with transaction.atomic():
        vocabulary.load(data / "vocabulary.json")
        pages.load(data / "pages")
        load_partners(data / "partners.json")
        load_authorities(data / "authorities.json", most=AUTHORITIES)
        for code in PRACTICES:
            sample.load_practice(data / "practices" / code)
        sample.load_fiches(data / "fiches")
        yield
        transaction.set_rollback(True)
