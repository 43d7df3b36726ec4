"""The index, as far as both databases keep it alike. Words lie in tables of each database's own kind (``backends``).

Everything here is derived from records and may be built anew at any time (``reindex``). It has two *sides*: one is
live, the other is where a rebuild goes on beside it.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clavet.languages import LANGUAGES


class IndexState(models.Model):
    """Which side is live, and which one is being built. One row; whoever writes to the index locks it first."""

    live = models.PositiveSmallIntegerField(default=0)
    building = models.PositiveSmallIntegerField(null=True)
    # Of what code and dictionaries the words in the live side are; another analyser would look for other keys.
    analysis = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("search index")

    def __str__(self) -> str:
        return f"side {self.live}"


class FacetPositions(models.Model):
    """The public records that have one value of one facet, as a serialised bitmap of their positions."""

    side = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=16)
    value = models.CharField(max_length=60)
    positions = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["side", "name", "value"], name="facet_positions_once")]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class IndexEntry(models.Model):
    """What the index holds of a record in one language: needed to take it out again, and to see whether it changed."""

    side = models.PositiveSmallIntegerField(default=0)
    entry = models.BigIntegerField()
    digest = models.CharField(max_length=32)
    # The fields as they were written, compressed.
    packed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["side", "entry"], name="index_entry_once")]

    def __str__(self) -> str:
        return str(self.entry)


class IndexWord(models.Model):
    """A word that stands in the index, and in how many entries: for suggestions and for what was meant."""

    side = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    word = models.CharField(max_length=40)
    length = models.PositiveSmallIntegerField()
    entries = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["side", "language", "word"], name="index_word_once")]
        indexes = [models.Index(fields=["side", "language", "length"], name="index_word_by_length")]

    def __str__(self) -> str:
        return self.word
