"""What the database remembers about its own life."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Milestone(models.Model):
    """Something that happens once to a database, such as its first start.

    It is a row and not a file, because it belongs to the database: nodes that share one agree on it, and a backup
    carries it along.
    """

    FIRST_START = "first-start"

    name = models.CharField(primary_key=True, max_length=40)
    reached_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
