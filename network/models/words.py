"""The words of the names of authorities, by which the directory is searched."""

from __future__ import annotations

from django.db import models

# So many letters are looked up as they are; what is typed beyond them is compared.
BEGINNING = 3


class NameWord(models.Model):
    """A word, folded, of one of the names that a visible authority has; ``position`` is that of its code."""

    position = models.PositiveIntegerField(db_index=True)
    beginning = models.CharField(max_length=BEGINNING)
    word = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["beginning", "word", "position"], name="name_word_by_beginning")]

    def __str__(self) -> str:
        return self.word
