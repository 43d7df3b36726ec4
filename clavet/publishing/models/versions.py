"""Versions of the source, and the translations that hang on them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clavet.languages import LANGUAGES
from clavet.publishing.models.revisions import Method, Part


class Version(models.Model):
    """An accepted source text with everything neutral: number n, never changed again."""

    class Significance(models.TextChoices):
        """How much a change matters to those who translated the text before (records.md, after Mozilla SUMO)."""

        EDITORIAL = "editorial", _("editorial")
        MEDIUM = "medium", _("medium")
        MAJOR = "major", _("major")

    class Withholding(models.TextChoices):
        """For what a version may be withheld."""

        RIGHTS = "rights", _("rights of others")
        PRIVACY = "privacy", _("privacy")

    code = models.ForeignKey("publishing.Code", models.PROTECT, related_name="versions", verbose_name=_("code"))
    number = models.PositiveIntegerField(_("version"))
    language = models.CharField(_("source language"), max_length=2, choices=LANGUAGES)
    significance = models.CharField(_("significance"), max_length=10, choices=Significance.choices)
    change_note = models.JSONField(_("what changed"), default=dict)
    document = models.JSONField()
    accepted_at = models.DateTimeField(_("accepted at"))
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    withheld = models.CharField(_("withheld for"), max_length=10, choices=Withholding.choices, blank=True)
    withheld_on = models.DateField(_("withheld on"), null=True)
    withheld_note = models.TextField(_("note on withholding"), blank=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["code", "number"]
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="one_version_per_number")]

    MAY_CHANGE = frozenset({"withheld", "withheld_on", "withheld_note"})

    def __str__(self) -> str:
        return f"{self.code_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new version, or what may change of one: its withholding. ``TypeError`` for anything else."""
        if not self._state.adding and not set(kwargs.get("update_fields") or ["*"]) <= self.MAY_CHANGE:
            raise TypeError("a version is not edited")
        super().save(*args, **kwargs)


class TranslationQuerySet(models.QuerySet["Translation"]):
    """What can be asked of translations."""

    def current(self) -> TranslationQuerySet:
        """The one of each language that readers see."""
        return self.filter(is_current=True)


class Translation(models.Model):
    """The accepted text of one language for one version. Earlier texts stay in their accepted revisions."""

    code = models.ForeignKey("publishing.Code", models.PROTECT, related_name="translations", verbose_name=_("code"))
    version_number = models.PositiveIntegerField(_("of version"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    part = models.CharField(_("part"), max_length=8, choices=Part.choices, default=Part.FULL)
    method = models.CharField(_("method"), max_length=16, choices=Method.choices, default=Method.HUMAN)
    translator_name = models.CharField(_("translator"), max_length=150, blank=True)
    document = models.JSONField()
    accepted_at = models.DateTimeField(_("accepted at"))
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_current = models.BooleanField(default=True)
    outdated_from = models.DateTimeField(null=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["code", "language", "version_number"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version_number", "language"], name="one_translation_per_version"),
            models.UniqueConstraint(
                fields=["code", "language"], condition=Q(is_current=True), name="one_current_translation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code_id} v{self.version_number} {self.language}"
