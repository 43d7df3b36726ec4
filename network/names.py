"""Authorities as other rooms name them."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from network.models import Authority


def named(authority: Authority, language: str) -> SafeString:
    """An authority under its own name, and under the reader's where that is another."""
    own = in_language(authority.own_name, authority.own_language)
    other = getattr(authority, f"other_name_{language}") or ""
    return format_html("{} ({})", own, other) if other and other != authority.own_name else own


def in_language(name: str, language: str) -> SafeString:
    """A name with the language that it is in."""
    return format_html('<span lang="{}">{}</span>', language, name)


def page_of(authority: Authority | None, language: str) -> str | None:
    """The page of an authority that is in the directory."""
    return authority.url_in(language) if authority and authority.is_visible else None
