"""Authorities: so far those that stand behind the portal, in the shape that the directory will widen."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from clavet.languages import LANGUAGES
from clavet.publishing.models import Code


class AuthorityQuerySet(models.QuerySet["Authority"]):
    """What can be asked of authorities."""

    def founding_partners(self) -> AuthorityQuerySet:
        """The partners of the founding project, its coordinator first."""
        return self.filter(is_founding_partner=True).order_by("-is_project_coordinator", "code_id")


class Authority(models.Model):
    """An organisation of the network, under its name in its own language."""

    code = models.OneToOneField(Code, models.PROTECT, related_name="+", verbose_name=_("code"))
    own_name = models.CharField(_("name in its own language"), max_length=200)
    own_language = models.CharField(_("language of the name"), max_length=2, choices=LANGUAGES)
    other_name = models.CharField(_("name in this language"), max_length=200, blank=True)
    country = CountryField(_("country"))
    website = models.URLField(_("website"), blank=True)
    is_founding_partner = models.BooleanField(_("founding partner"), default=False)
    is_project_coordinator = models.BooleanField(_("coordinator of the founding project"), default=False)
    is_sample = models.BooleanField(_("sample content"), default=False)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering = ["code_id"]

    def __str__(self) -> str:
        return self.own_name
