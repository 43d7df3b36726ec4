"""Editable pages in the admin: all nine languages, with history."""

from __future__ import annotations

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from clavet.accounts.admin_access import ForCoordinators
from clavet.languages import LANGUAGES
from clavet.pages.models import Page


@admin.register(Page)
class PageAdmin(ForCoordinators, SimpleHistoryAdmin):
    """The words of about, help, statements and the home page."""

    list_display = ("slug", "title_en", "changed_at")
    readonly_fields = ("slug",)
    fieldsets = (
        (None, {"fields": ("slug",)}),
        *(
            (name, {"fields": (f"title_{code}", f"summary_{code}", f"body_{code}"), "classes": ("collapse",)})
            for code, name in LANGUAGES
        ),
    )
