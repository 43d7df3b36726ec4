"""Settings of the test suite: SQLite, or PostgreSQL when ``DATABASE_URL`` names one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import dj_database_url

from clavet.settings.base import *  # noqa: F403
from clavet.settings.database import sqlite

SECRET_KEY = "only-for-tests"  # noqa: S105
SITE_URL = "http://testserver"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
TRUSTED_PROXIES: list[str] = []
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A code that a test has computed may be half a minute old by the time it is sent.
MFA_TOTP_TOLERANCE = 1
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

DATA = Path(tempfile.mkdtemp(prefix="clavet-test-"))
EMAIL_FILE_PATH = DATA / "mail"
MEDIA_ROOT = DATA / "media"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True

if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}
else:
    # A file, as in a running portal: a database in memory would be one connection that the threads of the server that
    # the browser tests start have to share, and the last of them to end would find it given back already.
    DATABASES = {"default": {**sqlite(DATA / "clavet.sqlite3"), "TEST": {"NAME": str(DATA / "test.sqlite3")}}}
