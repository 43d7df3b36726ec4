"""The rules of publishing in the admin; records have an admin of their own in their apps."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from clavet.accounts.admin_access import ForCoordinators
from clavet.accounts.roles import is_coordinator
from clavet.publishing import freshness
from clavet.publishing.models import PublishingRules


@admin.register(PublishingRules)
class PublishingRulesAdmin(ForCoordinators, admin.ModelAdmin):
    """One row: days of grace and months until facts want confirming."""

    list_display = ("__str__", "grace_days", "review_months")

    def save_model(self, request: HttpRequest, obj: PublishingRules, form: Any, change: bool) -> None:
        """Save, and work out anew which translations are outdated."""
        super().save_model(request, obj, form, change)
        freshness.refresh_all()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_coordinator(request.user) and not PublishingRules.objects.exists()
