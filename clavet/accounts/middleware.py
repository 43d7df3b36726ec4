"""What pages behind the log-in answer alike: in which language, and whether a second factor lacks."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from clavet.accounts import language, second_factor
from clavet.cache.addresses import address_of
from clavet.languages import CODES

View = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Gives ``/accounts/…`` its language, and the language menu there its addresses.

    A cookie is set only where a visitor picks another language than the page would have had anyway.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not language.is_below(request.path):
            return self.get_response(request)
        code = language.language_of(request)
        translation.activate(code)
        request.LANGUAGE_CODE = code
        request.page_urls = addresses(request)
        response = self.get_response(request)
        response.headers["Content-Language"] = code
        add_never_cache_headers(response)
        if language.picked(request) and code != language.language_without_picking(request):
            response.set_cookie(
                language.COOKIE,
                code,
                path=language.BELOW,
                max_age=365 * 24 * 3600,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def addresses(request: HttpRequest) -> dict[str, str]:
    """This page in each language."""
    query = {name: value for name, value in request.GET.items() if name != language.PARAMETER}
    return {code: f"{request.path}?{urlencode({language.PARAMETER: code, **query})}" for code in CODES}


class SecondFactorMiddleware:
    """Leads staff without a second factor to where one is set up, before anything else that is not public.

    What is public is what the page cache knows: it is the same for everybody, and nobody is asked there.
    """

    # What it takes to set one up, or to leave.
    OPEN = ("/accounts/2fa/", "/accounts/reauthenticate/", "/accounts/logout/", "/accounts/confirm-email/")

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not self.is_guarded(request.path):
            return self.get_response(request)
        if second_factor.is_missing(request.user):
            return redirect("mfa_index")
        return self.get_response(request)

    def is_guarded(self, path: str) -> bool:
        """Whether a page is for those only who have what their role asks for."""
        return address_of(path) is None and not path.startswith((*self.OPEN, settings.STATIC_URL))
