"""Pages that ask to log in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from clavet.accounts.language import PARAMETER


def for_members(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the desk: never kept, and only for whoever is logged in. Others are led to the log-in page in the
    language in which they asked, and back from there."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return to_log_in(request)

    return guarded


def to_log_in(request: HttpRequest) -> HttpResponse:
    """To the log-in page in the language in which somebody asks, and back from there."""
    query = urlencode({PARAMETER: get_language(), REDIRECT_FIELD_NAME: request.get_full_path()})
    return redirect(f"{reverse('account_login')}?{query}")
