"""The counter of public changes, as the database has it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Sum


class TallyQuerySet(models.QuerySet["Tally"]):
    """What can be asked of the counter."""

    def total(self) -> int:
        """How many public changes have been committed: every commit of one makes it larger."""
        return int(self.aggregate(total=Sum("number"))["total"] or 0)

    def count_one(self) -> None:
        """Count one change, in the transaction of the change.

        Takes a row that no other transaction holds, so that nobody ever waits here: a long import holds its row to the
        end, and a person who publishes meanwhile takes another one.
        """
        row = self.select_for_update(skip_locked=True).order_by("pk").first()
        if row is None:
            self.create(number=1)
        else:
            self.filter(pk=row.pk).update(number=F("number") + 1)


class Tally(models.Model):
    """A part of the counter of public changes. There are as many rows as there were publications at the same moment;
    their sum is the count, whatever the order in which transactions end."""

    number = models.PositiveBigIntegerField(default=0)

    objects: Any = TallyQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.number)
