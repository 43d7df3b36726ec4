"""What the pages of an account need beside our other tags."""

from __future__ import annotations

from django import template

from clavet.accounts import browsers

register = template.Library()


@register.filter
def browser_in_words(user_agent: str) -> str:
    """“Firefox on Windows”."""
    return browsers.in_words(user_agent)
