"""Reading a page as a program does that knows HTML."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponse


def tree(response: HttpResponse) -> Element:
    """The elements of an HTML answer."""
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def text_of(element: Element | None) -> str:
    """All words in an element, with single spaces."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def by_id(root: Element, name: str) -> Element | None:
    """The element with this id."""
    return root.find(f".//*[@id='{name}']")


def links(root: Element, rel: str) -> dict[str, str]:
    """The addresses of ``link`` elements of one relation, by ``hreflang`` (empty where there is none)."""
    return {
        link.get("hreflang", ""): link.get("href", "")
        for link in root.findall(".//head/link")
        if link.get("rel") == rel
    }


def languages_within(root: Element, needle: str) -> set[str]:
    """The language in which the words ``needle`` are said to be, wherever they stand in the body."""
    found: set[str] = set()

    def walk(element: Element, language: str) -> None:
        language = element.get("lang", language)
        if element.tag in ("script", "style"):
            return
        if needle in (element.text or ""):
            found.add(language)
        for child in element:
            walk(child, language)
            if needle in (child.tail or ""):
                found.add(language)

    walk(root.find("body"), root.get("lang", ""))
    return found
