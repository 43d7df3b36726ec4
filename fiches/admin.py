"""Fiches in the admin."""

from __future__ import annotations

from django.contrib import admin

from clavet.publishing.admin_site import LanguageFilter, OpenRevisionFilter, RecordAdmin, TranslationFilter
from fiches.models import Fiche


@admin.register(Fiche)
class FicheAdmin(RecordAdmin):
    """A table of fiches by languages, a dossier for each."""

    extra_columns = ("kind",)
    list_filter = ("status", "kind", TranslationFilter, LanguageFilter, OpenRevisionFilter, "is_sample")
