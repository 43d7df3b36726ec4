"""Editable pages."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from clavet.pages.models import Page
from clavet.web.blocks import BLOCKS
from clavet.web.crumbs import crumbs
from clavet.web.markdown import render as render_markdown
from clavet.web.meta import Meta, absolute, in_all_languages

# Links inside the portal are written by name, so that they lead to the page in the reader's language.
NAMED_LINK = re.compile(r"\]\((page|room):([a-z-]+)\)")
NAMES = {"page:contact": "contact:write", "room:fiches": "fiches:list", "room:topics": "vocabulary:index"}


def with_addresses(markdown: str) -> str:
    """``markdown`` with ``page:help`` and the like made into addresses; an unknown name leads to the home page."""

    def address(found: re.Match[str]) -> str:
        kind, name = found.groups()
        try:
            return f"]({reverse(NAMES.get(f'{kind}:{name}', f'pages:{name}'))})"
        except NoReverseMatch:
            return f"]({reverse('home')})"

    return NAMED_LINK.sub(address, markdown)


def page_context(request: HttpRequest, slug: str) -> dict[str, Any]:
    """What the template of an editable page needs. 404 where nobody has loaded the page."""
    found = Page.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    words = found.in_language(get_language())
    return {
        "page": {
            "title": words.title,
            "summary": words.summary,
            "html": render_markdown(with_addresses(words.body.value), top_heading=2),
            "lang_attribute": words.lang_attribute,
            "changed_on": date_format(timezone.localtime(found.changed_at), "DATE_FORMAT"),
        },
        "breadcrumbs": crumbs(words.title),
        "meta": Meta(
            title=f"{words.title.value} · CLAVET",
            lang=words.title.lang,
            description=words.summary.value,
            canonical=absolute(request.path),
            alternates=in_all_languages(request.path),
        ),
    }


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """An editable page."""
    return render(request, "pages/page.html", page_context(request, slug))


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """The partners of the founding project; apps that know them add them through the blocks of the home page."""
    context = page_context(request, "partners")
    for block in BLOCKS:
        context |= {key: value for key, value in block(get_language()).items() if key == "partners"}
    return render(request, "pages/partners.html", context)
