"""The frame of desk pages: heading, way back, language links."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from clavet.web import lists
from clavet.web.crumbs import crumbs
from clavet.web.meta import Meta
from practices.models import Case


def desk_page(
    request: HttpRequest,
    template: str,
    heading: str,
    context: dict[str, Any],
    *,
    case: Case | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of the desk; that of a ``case`` leads back to it."""
    request.page_urls = lists.in_all_languages(request)
    way = [(_("Your practices"), reverse("practices-desk:list"))]
    if case is not None and request.path != reverse("practices-desk:case", args=[case.code_id]):
        way.append((case.code_id, reverse("practices-desk:case", args=[case.code_id])))
    frame = {
        "heading": heading,
        "meta": Meta(title=f"{heading} · CLAVET", noindex=True),
        "breadcrumbs": crumbs(*way, heading) if template != "practices/desk/list.html" else crumbs(heading),
    }
    return render(request, template, {**frame, **context}, status=status)
