"""The register of codes: permanent, language-free, never reused."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from clavet.languages import LANGUAGES

CODE_PATTERN = r"[A-Z]{2}-\d{4,8}"


class CodeCounter(models.Model):
    """The highest number given so far under a prefix; its row is the lock under which the next one is given."""

    prefix = models.CharField(primary_key=True, max_length=2)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last:04d}"


class Code(models.Model):
    """One code and what has become of it: in use, leading elsewhere, or retired."""

    class Retirement(models.TextChoices):
        """Why a code no longer leads to a record."""

        WITHDRAWN = "withdrawn", _("withdrawn")
        ERASED = "erased", _("erased")
        MERGED = "merged", _("merged")

    value = models.CharField(
        _("code"), primary_key=True, max_length=11, validators=[RegexValidator(f"^{CODE_PATTERN}$")]
    )
    redirect_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="redirected_from", verbose_name=_("leads to")
    )
    retirement = models.CharField(_("retirement"), max_length=10, choices=Retirement.choices, blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    reason_language = models.CharField(_("language of the reason"), max_length=2, choices=LANGUAGES, blank=True)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        ordering = ["value"]

    def __str__(self) -> str:
        return self.value

    @property
    def prefix(self) -> str:
        """The two letters that say what kind of record this is."""
        return self.value[:2]
