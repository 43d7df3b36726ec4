"""Accounts in the admin: for administrators only."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from clavet.accounts.models import User
from clavet.accounts.roles import is_administrator

# Addresses, second factors and sessions are their owners' own; services are configured by the environment.
for model in (Group, EmailAddress, Authenticator, UserSession, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(model)


class UserCreation(AdminUserCreationForm):
    """The form that adds an account."""

    class Meta:
        model = User
        fields = ("email", "name", "language")


class UserChange(UserChangeForm):
    """The form that changes an account."""

    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Accounts and their roles."""

    add_form = UserCreation
    form = UserChange
    ordering = ("email",)
    list_display = ("email", "name", "language", "is_staff", "is_active")
    list_filter = ("is_staff", "is_active", "groups", "language")
    search_fields = ("email", "name")
    filter_horizontal = ("groups",)
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "password", "name", "language")}),
        (_("Roles"), {"fields": ("is_active", "is_staff", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "language", "usable_password", "password1", "password2", "is_staff")}),
    )

    def has_module_permission(self, request: Any) -> bool:
        return is_administrator(request.user)

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return is_administrator(request.user)

    has_change_permission = has_view_permission
    has_add_permission = has_module_permission

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False
