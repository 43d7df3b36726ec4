"""The few tags that our templates need beside Django's."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, format_html

from clavet.web.texts import Text

register = template.Library()


@register.simple_tag
def text(value: Text | None) -> str:
    """A ``Text``, escaped, in a ``span`` with its ``lang`` where that is not the page's."""
    if not value:
        return ""
    if value.foreign:
        return format_html('<span lang="{}">{}</span>', value.lang, value.value)
    return conditional_escape(value.value)
