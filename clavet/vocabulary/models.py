"""Concepts with their labels and neighbours (SKOS Core: prefLabel, altLabel, broader, related, exactMatch)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clavet.languages import LANGUAGES


class ConceptQuerySet(models.QuerySet["Concept"]):
    """What can be asked of the vocabulary."""

    def tops(self) -> ConceptQuerySet:
        """Concepts that nothing is broader than."""
        return self.filter(broader=None)


class Concept(models.Model):
    """A topic. Its id is a short English slug that never changes; what people read are its labels."""

    id = models.SlugField(_("id"), primary_key=True, max_length=60)
    preferred = models.CharField(_("preferred label"), max_length=120)
    definition = models.CharField(_("definition"), max_length=500, blank=True)
    broader = models.ManyToManyField(
        "self", symmetrical=False, related_name="narrower", blank=True, verbose_name=_("broader")
    )
    related = models.ManyToManyField("self", symmetrical=True, blank=True, verbose_name=_("related"))
    exact_match = models.JSONField(_("exact matches"), default=list, blank=True)

    # What the data file said when it was loaded last: a value that differs from it was changed by a coordinator.
    loaded = models.JSONField(default=dict, editable=False)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.preferred or self.id

    def get_absolute_url(self) -> str:
        """The concept's page in the language of the moment."""
        return reverse("vocabulary:concept", args=[self.id])

    @property
    def uri(self) -> str:
        """The permanent address of the concept, the same in every language; it leads to a page or to SKOS."""
        return f"{settings.SITE_URL}/vocabulary/{self.id}"


class AlternativeLabel(models.Model):
    """Another word for a concept, in one language: what people also call it, abbreviate it to or type."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="alternatives", verbose_name=_("concept"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    text = models.CharField(_("alternative label"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("alternative label")
        verbose_name_plural = _("alternative labels")
        ordering = ["language", "position", "text"]
        constraints = [
            models.UniqueConstraint(fields=["concept", "language", "text"], name="one_alternative_label_once")
        ]

    def __str__(self) -> str:
        return self.text


class VocabularyLoad(models.Model):
    """Remembers which data file was loaded last, so that a coordinator's later edits survive a restart."""

    digest = models.CharField(max_length=64, unique=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("vocabulary load")

    def __str__(self) -> str:
        return self.digest
