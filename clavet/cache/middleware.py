"""What the page cache asks of Django: until when a page that is being made will be true."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from clavet.cache.front import EXPIRES, MAY_BE_KEPT
from clavet.cache.moments import next_change


class PageMomentsMiddleware:
    """Notes the next moment at which public pages change by the clock, before the page is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if MAY_BE_KEPT in request.META:
            request.META[EXPIRES] = next_change(timezone.now()).timestamp()
        return self.get_response(request)
