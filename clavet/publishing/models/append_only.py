"""Rows that are only ever added to."""

from __future__ import annotations

from typing import Any

from django.db import models


class AppendOnly(models.Model):
    """An entry of a log."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new entry. ``TypeError`` for one that stands already: the log is not edited."""
        if not self._state.adding:
            raise TypeError("the log is not edited")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Always a ``TypeError``: the log is not shortened."""
        raise TypeError("the log is not shortened")
