"""Who gets into the admin of what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from clavet.accounts.roles import is_coordinator


class ForCoordinators:
    """An admin for coordinators, in front of Django's own class; rows come and go by domain functions only."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_coordinator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_coordinator(request.user)

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
