"""The directory of authorities: the list, and a page for each."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from clavet.accounts.roles import is_coordinator
from clavet.desk.access import for_members
from clavet.languages import CODES
from clavet.publishing.codes import is_code
from clavet.web import lists
from clavet.web.crumbs import crumbs
from clavet.web.errors import gone_or_404
from clavet.web.meta import Meta, absolute, in_all_languages
from network import authority_page
from network.directory import Directory
from network.models import Authority
from network.people import people_of
from network.room import ROOM
from network.rules import is_member


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """The faceted list."""
    found = Directory(request.GET, get_language(), request.path)
    context = found.context()
    request.page_urls = lists.in_all_languages(request)
    is_whole = not found.chosen and not any(found.more.values())
    context |= {
        "meta": Meta(
            title=f"{ROOM.label} · CLAVET",
            description=_("Local authorities across Europe: who they are, what they offer, what they look for."),
            canonical=absolute(request.path) if is_whole else "",
            alternates=in_all_languages(request.path) if is_whole and context["number"] == 1 else [],
            noindex=not is_whole,
        ),
        "breadcrumbs": crumbs(str(ROOM.label)),
    }
    is_part = request.htmx and not request.htmx.history_restore_request
    response = render(request, "network/_results.html" if is_part else "network/directory.html", context)
    response["Vary"] = "HX-Request"
    return response


def readable(code: str) -> Authority:
    """The authority behind ``code`` if it is in the directory; otherwise 404, or 410 with a reason."""
    if not is_code(code):
        raise Http404
    return Authority.objects.visible().filter(code_id=code).first() or gone_or_404(code)


@require_safe
def authority(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
    """An authority as it is now. Its name may change: another slug than that of now leads on, and not for good."""
    found, language = readable(code), get_language()
    if slug != found.slug_in(language):
        moved = redirect(found.url_in(language), permanent=True)
        moved["Cache-Control"] = "max-age=3600"
        return moved
    request.page_urls = {code_: found.url_in(code_) for code_ in CODES}
    context = authority_page.context(found, language)
    context["breadcrumbs"] = crumbs((str(ROOM.label), ROOM.url()), code)
    return render(request, "network/authority.html", context)


@for_members
@require_safe
def people(request: HttpRequest, code: str) -> HttpResponse:
    """Whom members can write to in an authority."""
    found = readable(code)
    if not is_member(request.user) and not is_coordinator(request.user):
        raise PermissionDenied
    name = found.name_in(get_language())
    context = {
        "authority": found,
        "name": name,
        "url": found.url_in(get_language()),
        "people": people_of(found, for_members=True),
        "meta": Meta(title=f"{name.value} · CLAVET", lang=name.lang, noindex=True),
    }
    return render(request, "network/contacts.html", context)
