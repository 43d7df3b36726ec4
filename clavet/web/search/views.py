"""The page of results, and suggestions while typing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from clavet.web import lists
from clavet.web.crumbs import crumbs
from clavet.web.home import top_topics
from clavet.web.meta import Meta, absolute, in_all_languages
from clavet.web.search import suggesting
from clavet.web.search.beside import found_beside
from clavet.web.search.results import Results

TOPICS = 12


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What was found, or the field to search by and the topics to begin with."""
    language = get_language()
    found = Results(request.GET, language, request.path)
    context = found.context()
    request.page_urls = lists.in_all_languages(request)
    title = _("Search: %(query)s") % {"query": found.text} if found.text else _("Search")
    context |= {
        "meta": Meta(
            title=f"{title} · CLAVET",
            description=_("Search everything in the library, in nine languages."),
            canonical=absolute(request.path) if not request.GET else "",
            alternates=[] if request.GET else in_all_languages(request.path),
            noindex=bool(request.GET),
        ),
        "breadcrumbs": crumbs(_("Search")),
        "topics": top_topics(language)[:TOPICS] if not context["asked"] else [],
        "beside": found_beside(found.text, language) if context["asked"] and not found.chosen else [],
    }
    partial = request.htmx and not request.htmx.history_restore_request
    response = render(request, "search/_results.html" if partial else "search/page.html", context)
    response["Vary"] = "HX-Request"
    return response


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Topics and titles for what was typed so far (``q``), as JSON: the address and the words of each."""
    typed, language = request.GET.get("q", ""), get_language()
    return JsonResponse(
        {
            "topics": [
                {"label": topic.label, "also": topic.also, "url": topic.url, "count": topic.count}
                for topic in suggesting.topics(typed, language)
            ],
            "titles": [
                {"label": found.title.value, "lang": found.title.lang, "url": found.url, "kind": found.kind}
                for found in suggesting.titles(typed, language)
            ],
        }
    )
