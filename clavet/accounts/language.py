"""The language of pages whose address names none: ``/accounts/…``."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language_from_request

from clavet.languages import CODES

BELOW = "/accounts/"
PARAMETER = "language"
# Sent by browsers below /accounts/ only: no public page ever gets it.
COOKIE = "clavet_language"


def is_below(path: str) -> bool:
    """Whether a path is one of those pages."""
    return path.startswith(BELOW)


def picked(request: HttpRequest) -> str:
    """The language that a link of the language menu asks for; empty where none does."""
    code = request.GET.get(PARAMETER, "")
    return code if code in CODES else ""


def language_without_picking(request: HttpRequest) -> str:
    """What was picked earlier, else the account's language, else the browser's."""
    code = request.COOKIES.get(COOKIE, "")
    if code in CODES:
        return code
    user: Any = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return user.language
    return get_language_from_request(request)


def language_of(request: HttpRequest) -> str:
    """The language in which a page without a language of its own answers."""
    return picked(request) or language_without_picking(request)
