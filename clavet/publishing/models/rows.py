"""Rows that hang on records of several kinds. Each room makes its own tables of them."""

from __future__ import annotations

from django.db import models

from clavet.languages import LANGUAGES
from clavet.publishing.facet_values import SourceType


class Row(models.Model):
    """A row that hangs on a record and keeps its id over all versions."""

    stable_id = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.stable_id


class IndicatorRow(Row):
    """A figure before and after, with the source that supports it."""

    name = models.CharField(max_length=160, blank=True, default="")
    unit = models.CharField(max_length=60, blank=True, default="")
    before = models.CharField(max_length=20, blank=True, default="")
    after = models.CharField(max_length=20, blank=True, default="")
    year = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=20, blank=True, default="")

    class Meta(Row.Meta):
        abstract = True


class SourceRow(Row):
    """What a record rests on. Its title stays in its own language."""

    type = models.CharField(max_length=12, choices=SourceType.choices)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=3, blank=True, default="")
    publisher = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField(null=True)
    link = models.URLField(max_length=500, blank=True, default="")

    class Meta(Row.Meta):
        abstract = True


class AttachmentRow(Row):
    """A file to take away, in one language."""

    file = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=LANGUAGES)
    title = models.CharField(max_length=120, blank=True, default="")
    alternative_text = models.CharField(max_length=300, blank=True, default="")

    class Meta(Row.Meta):
        abstract = True
