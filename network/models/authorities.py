"""Authorities: who they are, where, how large, and where they stand with the network."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from django_countries.fields import CountryField

from clavet.publishing.facet_values import GovernanceLevel
from clavet.publishing.models import Code
from network.facts import Kind, Size, Urbanisation, size_of

POINT = {"max_digits": 7, "decimal_places": 4, "null": True, "blank": True}


class AuthorityQuerySet(models.QuerySet["Authority"]):
    """What can be asked of authorities."""

    def founding_partners(self) -> AuthorityQuerySet:
        """The partners of the founding project, its coordinator first."""
        return self.filter(is_founding_partner=True).order_by("-is_project_coordinator", "code_id")


class Authority(models.Model):
    """An organisation, under its name in its own language. It is never deleted: what it did stays."""

    class Status(models.TextChoices):
        """Where it stands with the network: *listed* ones were compiled from public sources and have no member."""

        LISTED = "listed", pgettext_lazy("state of an authority", "listed")
        APPLIED = "applied", pgettext_lazy("state of an authority", "applied")
        MEMBER = "member", pgettext_lazy("state of an authority", "member")
        SUSPENDED = "suspended", pgettext_lazy("state of an authority", "suspended")
        FORMER = "former", pgettext_lazy("state of an authority", "former member")

    code = models.OneToOneField(Code, models.PROTECT, related_name="+", verbose_name=_("code"))
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.LISTED)
    own_name = models.CharField(_("name in its own language"), max_length=200)
    own_language = models.CharField(
        _("language of the name"), max_length=3, validators=[RegexValidator(r"^[a-z]{2,3}$")], help_text="ISO 639"
    )
    other_name = models.CharField(_("name in this language"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, blank=True)
    governance_level = models.CharField(
        _("governance level"), max_length=20, choices=GovernanceLevel.choices, blank=True
    )
    country = CountryField(_("country"))
    nuts = models.CharField(_("NUTS code"), max_length=5, blank=True)
    lau = models.CharField(_("LAU code"), max_length=15, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(
        _("year of the population"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
    )
    urbanisation = models.CharField(
        _("degree of urbanisation"), max_length=10, choices=Urbanisation.choices, blank=True
    )
    latitude = models.DecimalField(_("latitude"), validators=[MinValueValidator(-90), MaxValueValidator(90)], **POINT)
    longitude = models.DecimalField(
        _("longitude"), validators=[MinValueValidator(-180), MaxValueValidator(180)], **POINT
    )
    website = models.URLField(_("website"), blank=True)
    facts_source = models.CharField(_("where the facts are from"), max_length=300, blank=True)
    is_founding_partner = models.BooleanField(_("founding partner"), default=False)
    is_project_coordinator = models.BooleanField(_("coordinator of the founding project"), default=False)
    is_example = models.BooleanField(_("invented example"), default=False)
    is_sample = models.BooleanField(_("sample content"), default=False)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering = ["code_id"]

    def __str__(self) -> str:
        return self.own_name

    @property
    def size(self) -> Size | None:
        """Its band of population; ``None`` where the population is not known."""
        return size_of(self.population)
