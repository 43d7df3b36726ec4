"""What the pages of an account need beside our other tags."""

from __future__ import annotations

from django import template

from clavet.accounts import browsers
from clavet.accounts.roles import LABELS

register = template.Library()


@register.filter
def browser_in_words(user_agent: str) -> str:
    """“Firefox on Windows”."""
    return browsers.in_words(user_agent)


@register.filter
def role_in_words(name: str) -> str:
    """A role as the reader calls it."""
    return str(LABELS[name])
