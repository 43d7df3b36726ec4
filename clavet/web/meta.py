"""What the head of a page says to search engines, feed readers and those who share a link."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from clavet.languages import CODES, SOURCE


@dataclass(frozen=True)
class Alternate:
    """The same page in another language."""

    code: str
    url: str


@dataclass(frozen=True)
class FeedLink:
    """A feed that goes with the page."""

    title: str
    url: str


@dataclass
class Meta:
    """The head of one page. Addresses are absolute; ``lang`` is the language of title and description where it is not
    the page's."""

    title: str = ""
    lang: str = ""
    description: str = ""
    canonical: str = ""
    alternates: list[Alternate] = field(default_factory=list)
    og_type: str = "website"
    json_ld: SafeString | str = ""
    feeds: list[FeedLink] = field(default_factory=list)
    noindex: bool = False

    @property
    def lang_attribute(self) -> SafeString:
        """`` lang="el"`` for the elements that hold title and description; empty where the page says it already."""
        return format_html(' lang="{}"', self.lang) if self.lang not in ("", get_language()) else mark_safe("")

    @property
    def open_graph(self) -> dict[str, str]:
        """The properties of the Open Graph protocol that a shared link is shown by."""
        found = {
            "og:title": self.title,
            "og:type": self.og_type,
            "og:site_name": settings.SITE_NAME,
            "og:url": self.canonical,
            "og:description": self.description,
        }
        return {name: value for name, value in found.items() if value}


def absolute(path: str) -> str:
    """``path`` of this portal as a full address."""
    return f"{settings.SITE_URL}{path}"


def in_all_languages(path: str) -> list[Alternate]:
    """Alternates of a page whose path differs by the language prefix alone (``/en/fiches/``)."""
    return with_default({code: absolute(f"/{code}{path[3:]}") for code in CODES})


def with_default(urls: dict[str, str]) -> list[Alternate]:
    """Alternates from addresses by language, with the source language (or else the first) for everybody else."""
    if not urls:
        return []
    fallback = urls.get(SOURCE) or next(iter(urls.values()))
    return [*(Alternate(code, url) for code, url in urls.items()), Alternate("x-default", fallback)]


def json_ld(data: dict[str, Any]) -> SafeString:
    """``data`` as JSON that can stand inside a ``script`` element: no sign in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S308
