"""The vocabulary in the admin: labels in nine languages, with history."""

from __future__ import annotations

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from clavet.accounts.admin_access import ForCoordinators
from clavet.languages import LANGUAGES
from clavet.vocabulary.models import AlternativeLabel, Concept


class AlternativeLabelInline(admin.TabularInline):
    """Other words for the concept."""

    model = AlternativeLabel
    extra = 0
    fields = ("language", "text")


@admin.register(Concept)
class ConceptAdmin(ForCoordinators, SimpleHistoryAdmin):
    """Concepts: coordinators improve labels; concepts themselves come with the data file."""

    list_display = ("id", "preferred_en", "preferred_el", "preferred_tr")
    search_fields = ("id", *(f"preferred_{code}" for code, _name in LANGUAGES), "alternatives__text")
    readonly_fields = ("id",)
    filter_horizontal = ("broader", "related")
    inlines = [AlternativeLabelInline]
    fieldsets = (
        (None, {"fields": ("id", "broader", "related", "exact_match")}),
        *((name, {"fields": (f"preferred_{code}", f"definition_{code}")}) for code, name in LANGUAGES),
    )
