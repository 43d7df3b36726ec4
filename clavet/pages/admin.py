"""Editable pages in the admin: all nine languages, with history."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from clavet.accounts.roles import is_coordinator
from clavet.languages import LANGUAGES
from clavet.pages.models import Page


@admin.register(Page)
class PageAdmin(SimpleHistoryAdmin):
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

    def has_module_permission(self, request: Any) -> bool:
        return is_coordinator(request.user)

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return is_coordinator(request.user)

    has_change_permission = has_view_permission

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False
