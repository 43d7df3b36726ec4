"""A page cache to ask, as a server asks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from clavet.cache import generation
from clavet.cache.front import Front
from clavet.cache.store import Store

LIMIT = 4 * 1024 * 1024


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Counting:
    """Django, and how often it was asked."""

    application: Callable[..., Any] = field(default_factory=get_wsgi_application)
    asked: int = 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        self.asked += 1
        return self.application(environ, start_response)


def front(application: Callable[..., Any] | None = None, **changes: Any) -> Front:
    """A page cache with a memory of its own, as one process of many has it."""
    values = {
        "store": Store(LIMIT),
        "generation": generation.current,
        "hosts": settings.ALLOWED_HOSTS,
        "session_cookie": settings.SESSION_COOKIE_NAME,
        **changes,
    }
    return Front(application or Counting(), **values)


def get(application: Callable[..., Any], url: str, method: str = "GET", **headers: str) -> Answer:
    """What ``application`` answers. ``headers`` as Django's request factory takes them (``HTTP_HOST``)."""
    environ = RequestFactory().generic(method, url, **{"HTTP_HOST": "testserver", **headers}).environ
    head: list[Any] = []
    parts = application(environ, lambda status, items, _error=None: head.extend((status, items)))
    try:
        body = b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
    return Answer(int(head[0].split()[0]), {name.lower(): value for name, value in head[1]}, body)
