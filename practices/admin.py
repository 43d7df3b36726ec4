"""Practices in the admin."""

from __future__ import annotations

from django.contrib import admin

from clavet.publishing.admin_site import LanguageFilter, OpenRevisionFilter, RecordAdmin, TranslationFilter
from practices.models import Practice


@admin.register(Practice)
class PracticeAdmin(RecordAdmin):
    """A table of practices by languages, a dossier for each."""

    extra_columns = ("authority", "outcome")
    list_filter = (
        "status",
        "outcome",
        TranslationFilter,
        LanguageFilter,
        OpenRevisionFilter,
        "is_example",
        "is_sample",
    )
