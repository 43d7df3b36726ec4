"""Settings of a running portal: one machine by default, many by environment variables alone."""

from __future__ import annotations

import os

import dj_database_url

from clavet.settings import environment
from clavet.settings.base import *  # noqa: F403
from clavet.settings.base import DATA, SITE_URL
from clavet.settings.database import sqlite

SECRET_KEY = environment.secret_key()
ALLOWED_HOSTS = environment.allowed_hosts()
TRUSTED_PROXIES = environment.names("TRUSTED_PROXIES")

REDIS_URL = os.environ.get("REDIS_URL", "")

if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_health_checks=True)}
    if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
        DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
else:
    DATABASES = {"default": sqlite(DATA / "clavet.sqlite3")}

if SITE_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31536000
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "clavet.operations.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
