"""Roles as predicates. A role is membership in a group; nothing here looks at ``is_superuser``."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib.auth.models import Group
from django.db.models import QuerySet

from clavet.accounts.models import User

COORDINATOR = "coordinator"
ADMINISTRATOR = "administrator"
REVIEWER = "reviewer"
ROLES = (COORDINATOR, ADMINISTRATOR, REVIEWER)


def ensure_roles() -> None:
    """Make the groups that carry the roles, where they are missing."""
    for name in ROLES:
        Group.objects.get_or_create(name=name)


def has_role(user: Any, name: str) -> bool:
    """Whether an active account is in the group ``name``; asked once an account object, then remembered on it."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    held = getattr(user, "_held_roles", None)
    if held is None:
        held = frozenset(user.groups.values_list("name", flat=True))
        user._held_roles = held
    return name in held


def people_with(name: str) -> QuerySet[User]:
    """The active accounts in the group ``name``."""
    return User.objects.filter(is_active=True, groups__name=name).order_by("pk")


@rules.predicate
def is_coordinator(user: Any) -> bool:
    """Triages, reviews, publishes, approves."""
    return has_role(user, COORDINATOR)


@rules.predicate
def is_reviewer(user: Any) -> bool:
    """Judges practices of others."""
    return has_role(user, REVIEWER)


@rules.predicate
def is_administrator(user: Any) -> bool:
    """Keeps accounts and settings."""
    return has_role(user, ADMINISTRATOR)
