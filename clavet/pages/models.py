"""A page of plain words in nine languages."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from clavet.languages import CODES, SOURCE
from clavet.web.texts import Text


@dataclass(frozen=True)
class Words:
    """A page as it is read in one language."""

    title: Text
    summary: Text
    body: Text

    @property
    def lang_attribute(self) -> SafeString:
        """The language of the body where it is not the page's."""
        return self.body.lang_attribute


class Page(models.Model):
    """One page; its slug is its address and never changes."""

    slug = models.SlugField(_("address"), unique=True)
    title = models.CharField(_("title"), max_length=100)
    summary = models.CharField(_("summary"), max_length=400, blank=True, default="")
    body = models.TextField(_("text"), blank=True, default="", help_text=_("Markdown; headings from level 2 (##)."))
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    loaded_digest = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    def in_language(self, language: str) -> Words:
        """The words in ``language``; where the page has none there, in English or whatever language it has."""
        order = [language, SOURCE, *CODES]
        chosen = next((code for code in order if getattr(self, f"title_{code}")), SOURCE)
        return Words(*(
            Text(getattr(self, f"{name}_{chosen}") or "", chosen, language) for name in ("title", "summary", "body")
        ))  # fmt: skip
