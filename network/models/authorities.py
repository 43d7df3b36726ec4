"""Authorities: who they are, where, how large, and where they stand with the network."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from django_countries.fields import CountryField

from clavet.languages import CODES, SOURCE
from clavet.publishing.facet_values import GovernanceLevel
from clavet.publishing.models import Code
from clavet.publishing.naming import slug
from clavet.web.texts import Text
from network.facts import Kind, Size, Urbanisation, is_nuts_of, size_of

DESCRIPTION_LENGTH = 1500
MOST_CHALLENGES = 5
# What records.md asks of members alone.
OF_MEMBERS = ("languages", "topics_offered", "topics_sought", "contact")
POINT = {"max_digits": 7, "decimal_places": 4, "null": True, "blank": True}


class AuthorityQuerySet(models.QuerySet["Authority"]):
    """What can be asked of authorities."""

    def founding_partners(self) -> AuthorityQuerySet:
        """The partners of the founding project, its coordinator first."""
        return self.filter(is_founding_partner=True).order_by("-is_project_coordinator", "code_id")

    def visible(self) -> AuthorityQuerySet:
        """What is in the directory for everybody: not those whose application is open, and not the suspended."""
        return self.filter(status__in=(Authority.Status.LISTED, Authority.Status.MEMBER, Authority.Status.FORMER))


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
    description = models.TextField(
        _("description"), max_length=DESCRIPTION_LENGTH, blank=True, validators=[MaxLengthValidator(DESCRIPTION_LENGTH)]
    )
    languages = models.JSONField(_("working languages"), default=list, blank=True)
    topics_offered = models.JSONField(_("topics offered"), default=list, blank=True)
    topics_sought = models.JSONField(_("topics sought"), default=list, blank=True)
    challenges = models.JSONField(_("challenges, the greatest first"), default=list, blank=True)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    contact = models.ForeignKey(
        "network.Member", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("contact")
    )
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

    def get_absolute_url(self) -> str:
        """The address that stays, whatever the language: it leads to the page in the reader's."""
        return reverse("permanent", args=[self.code_id])

    def clean(self) -> None:
        """Codes that fit the country; of a member also what others need in order to work with it."""
        errors = {}
        if self.nuts and self.country and not is_nuts_of(self.nuts, self.country.code):
            errors["nuts"] = _("This is no NUTS code of the country that you have chosen.")
        if self.lau and not self.country:
            errors["lau"] = _("A LAU code says something only together with a country. Choose the country.")
        if self.status == self.Status.MEMBER:
            wanted = [name for name in OF_MEMBERS if not getattr(self, name)]
            errors |= {name: _("Members say this, so that others can find them and write to them.") for name in wanted}
        if errors:
            raise ValidationError(errors)

    def name_in(self, language: str) -> Text:
        """Its name for readers of ``language``: the one that it has there, else its own."""
        other = "" if language == self.own_language else getattr(self, f"other_name_{language}")
        return Text(other, language, language) if other else Text(self.own_name, self.own_language, language)

    def description_in(self, language: str) -> Text:
        """Its description in ``language``, or else in English or in the first language that it has one in."""
        for code in dict.fromkeys((language, SOURCE, *CODES)):
            value = getattr(self, f"description_{code}")
            if value:
                return Text(value, code, language)
        return Text("", language, language)

    def slug_in(self, language: str) -> str:
        """The end of its address in ``language``."""
        return slug(self.name_in(language).value)

    def url_in(self, language: str) -> str:
        """Its page in ``language``."""
        return f"/{language}/network/{self.code_id}/{self.slug_in(language)}/"

    @property
    def is_visible(self) -> bool:
        """Whether it is in the directory."""
        return self.status not in (self.Status.APPLIED, self.Status.SUSPENDED)

    @property
    def size(self) -> Size | None:
        """Its band of population; ``None`` where the population is not known."""
        return size_of(self.population)
