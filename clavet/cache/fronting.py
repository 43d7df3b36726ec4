"""The page cache as the settings want it."""

from __future__ import annotations

from django.conf import settings

from clavet.cache import generation
from clavet.cache.front import Application, Front
from clavet.cache.shared import connect
from clavet.cache.store import Store


def fronted(application: Application) -> Application:
    """``application`` behind a page cache, or alone where ``CLAVET_PAGE_CACHE`` is 0."""
    if not settings.PAGE_CACHE:
        return application
    return Front(
        application,
        store=Store(settings.PAGE_CACHE_BYTES),
        generation=generation.current,
        hosts=settings.ALLOWED_HOSTS,
        session_cookie=settings.SESSION_COOKIE_NAME,
        shared=connect(settings.REDIS_URL),
    )
