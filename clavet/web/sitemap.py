"""The sitemap: every public page, with its addresses in other languages (sitemaps.org 0.9 and Google's xhtml:link)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from django.urls import reverse
from django.utils.translation import override

from clavet.languages import CODES
from clavet.vocabulary.models import Concept
from clavet.web.meta import absolute
from clavet.web.rooms import ROOMS

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
PLAIN_PAGES = (
    "home", "search:results", "vocabulary:index", "pages:about", "pages:partners", "pages:help", "pages:accessibility",
    "pages:privacy", "pages:legal", "contact:write", "join:apply",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One page: its path in each language that it exists in, and when it last changed."""

    paths: dict[str, str]
    changed_at: datetime.datetime | None = None


def entries() -> Iterator[Entry]:
    """Every page that search engines should know."""
    for name in (*PLAIN_PAGES, *(room.url_name for room in ROOMS)):
        yield localised(name)
    for concept_id in Concept.objects.values_list("id", flat=True):
        yield localised("vocabulary:concept", concept_id)
    for room in ROOMS:
        yield from room.sitemap_entries()


def localised(name: str, *args: str) -> Entry:
    """A page that has the same address in every language but for the prefix."""
    paths = {}
    for code in CODES:
        with override(code):
            paths[code] = reverse(name, args=args)
    return Entry(paths)


def render() -> bytes:
    """The sitemap as XML."""
    ElementTree.register_namespace("", SITEMAP)
    ElementTree.register_namespace("xhtml", XHTML)
    root = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for entry in entries():
        for path in entry.paths.values():
            url = ElementTree.SubElement(root, f"{{{SITEMAP}}}url")
            ElementTree.SubElement(url, f"{{{SITEMAP}}}loc").text = absolute(path)
            if entry.changed_at:
                ElementTree.SubElement(url, f"{{{SITEMAP}}}lastmod").text = entry.changed_at.date().isoformat()
            for code, other in entry.paths.items():
                attributes = {"rel": "alternate", "hreflang": code, "href": absolute(other)}
                ElementTree.SubElement(url, f"{{{XHTML}}}link", attributes)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
