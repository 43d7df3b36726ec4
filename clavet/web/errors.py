"""Pages for what went wrong: in the reader's language, with a way on."""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from clavet.languages import SOURCE
from clavet.publishing.models import Code
from clavet.web.home import top_topics
from clavet.web.texts import Text


class Gone(Exception):
    """The record was here and is withdrawn or erased; ``code`` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.value)
        self.code = code


class Moved(Exception):
    """The record was merged into another; ``code`` is that one's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def gone_or_404(code: str) -> NoReturn:
    """Raise what an unreadable code deserves: ``Moved``, ``Gone``, or ``Http404`` as for one that never was."""
    entry = Code.objects.filter(value=code).first()
    if entry is not None and entry.redirect_to_id:
        raise Moved(entry.redirect_to_id)
    if entry is not None and entry.retirement:
        raise Gone(entry)
    raise Http404


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with topics to go on from."""
    return render(request, "404.html", {"topics": top_topics(get_language())}, status=404)


def gone(request: HttpRequest, entry: Code) -> HttpResponse:
    """410 with the reason."""
    reason = Text(entry.reason, entry.reason_language or SOURCE, get_language() or SOURCE)
    return render(request, "410.html", {"code": entry.value, "reason": reason}, status=410)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, without anything that the bad request might have broken."""
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without a look at database or context: either may be what failed."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that has grown old or came from elsewhere; says what to do."""
    return render(request, "403.html", {"csrf_failed": True}, status=403)
