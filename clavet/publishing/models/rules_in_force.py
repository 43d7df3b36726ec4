"""What coordinators may set about publishing, in one row."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class PublishingRules(models.Model):
    """Periods that coordinators set; the defaults are those of records.md."""

    grace_days = models.PositiveSmallIntegerField(
        _("days of grace after a medium change"),
        default=30,
        validators=[MaxValueValidator(365)],
        help_text=_("For so long a translation counts as current after a medium change of its source."),
    )
    review_months = models.PositiveSmallIntegerField(
        _("months until the facts want confirming"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )

    class Meta:
        verbose_name = _("publishing rules")
        verbose_name_plural = _("publishing rules")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def in_force(cls) -> PublishingRules:
        """The one row, or the defaults where nobody has set anything."""
        return cls.objects.first() or cls()
