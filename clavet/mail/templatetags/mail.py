"""Dates in e-mails: a context holds plain values, so they come as ISO 8601 and are written out here."""

from __future__ import annotations

import datetime

from django import template
from django.utils import formats, timezone

register = template.Library()


@register.filter
def day(value: str) -> str:
    """``2026-05-04`` (or a moment on that day) as the language of the e-mail writes a date."""
    return formats.date_format(_read(value), "DATE_FORMAT")


@register.filter
def moment(value: str) -> str:
    """``2026-05-04T09:00:00+00:00`` as date and time, where the portal is at home."""
    return formats.date_format(_read(value), "DATETIME_FORMAT")


def _read(value: str) -> datetime.datetime:
    """``ValueError`` for what is no date: the template would print nothing, and nobody would notice."""
    read = datetime.datetime.fromisoformat(str(value))
    return timezone.localtime(read) if timezone.is_aware(read) else read
