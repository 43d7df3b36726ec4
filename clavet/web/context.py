"""What every page gets: languages, menu, the head's data. Nothing of who is logged in: public pages are for all."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from clavet.desk.navigation import is_own_page
from clavet.languages import CODES, LANGUAGES, OPEN_GRAPH_LOCALES, SOURCE
from clavet.web.meta import Meta
from clavet.web.rooms import ROOMS


@dataclass(frozen=True)
class LanguageLink:
    """The same page in one of the nine languages."""

    code: str
    name: str
    url: str
    current: bool


def language_links(path: str, urls: dict[str, str] | None = None) -> list[LanguageLink]:
    """Links to the page at ``path`` in every language; ``urls`` where a page has another path in each."""
    current = get_language()
    rest = path[3:] if path[1:3] in CODES and path[3:4] in ("/", "") else "/"
    return [
        LanguageLink(code, name, (urls or {}).get(code) or f"/{code}{rest or '/'}", code == current)
        for code, name in LANGUAGES
    ]


def portal(request: HttpRequest) -> dict[str, Any]:
    """The context processor. A view sets ``request.page_urls`` where its address differs by language."""
    if request.path.startswith("/admin/"):
        return {}
    language = get_language() or SOURCE
    on_desk = is_own_page(request.path)
    rooms = []
    for room in ROOMS:
        url = room.url()
        rooms.append(SimpleNamespace(label=room.label, url=url, current=request.path.startswith(url)))
    return {
        "LANGUAGE_CODE": language,
        "site_url": settings.SITE_URL,
        "languages": language_links(request.path, getattr(request, "page_urls", None)),
        "rooms": rooms,
        # What the menu depends on: the room that one is in or the desk, of which there are few, whatever is asked for.
        "here": "desk" if on_desk else next((room.url for room in rooms if room.current), ""),
        "meta": Meta(title=settings.SITE_NAME, noindex=request.path[3:9] == "/desk/"),
        "og_locale": OPEN_GRAPH_LOCALES.get(language, "en_GB"),
    }
