"""Settings that every way of running shares."""

from __future__ import annotations

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from clavet.languages import CODES, LANGUAGES as NINE, SOURCE
from clavet.settings import environment, mail
from clavet.settings.accounts import *  # noqa: F403

PROJECT = environment.PROJECT
DATA = environment.data_directory()

DEBUG = False
SITE_URL = environment.site_url()

INSTALLED_APPS = [
    "modeltranslation",
    "clavet.web.admin_config.ClavetAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_countries",
    "django_fsm",
    "django_htmx",
    "rules.apps.AutodiscoverRulesConfig",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "clavet.accounts",
    "clavet.operations",
    "clavet.cache",
    "clavet.vocabulary",
    "clavet.search",
    "clavet.publishing",
    "clavet.library",
    "clavet.tables",
    "clavet.pages",
    "clavet.mail",
    "clavet.contact",
    "clavet.desk",
    "clavet.web",
    "network",
    "practices",
    "fiches",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "clavet.web.middleware.ClientAddressMiddleware",
    "clavet.cache.middleware.PageMomentsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clavet.accounts.middleware.LanguageMiddleware",
    "clavet.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "clavet.web.middleware.RetiredCodeMiddleware",
]

ROOT_URLCONF = "clavet.urls"
WSGI_APPLICATION = "clavet.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clavet.web.context.portal",
                "clavet.accounts.pages.words",
                "clavet.desk.navigation.navigation",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "clavet.web.templatetags.clavet"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = SOURCE
LANGUAGES = NINE
LOCALE_PATHS = [PROJECT / "locale"]
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["clavet.formats"]
TIME_ZONE = "Europe/Brussels"

# Every translated column stands for itself: which language a record is shown in is decided in one place
# (clavet.publishing.reading), so the fallback of modeltranslation is off.
MODELTRANSLATION_LANGUAGES = CODES
MODELTRANSLATION_DEFAULT_LANGUAGE = SOURCE
MODELTRANSLATION_ENABLE_FALLBACKS = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PROJECT / "static"]
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "clavet.web.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Uploads: records.md allows 20 MB a file; a form carries one file at a time beside its texts.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# The page cache: whether pages are kept, how many bytes of them a process keeps, and the Redis that nodes share.
PAGE_CACHE = environment.is_on("CLAVET_PAGE_CACHE")
PAGE_CACHE_BYTES = 32 * 1024 * 1024
REDIS_URL = ""

# E-mail: into a folder or to a mail server. Only what takes from the queue (clavet.mail.sending) goes there.
MAIL = mail.from_environment(DATA)
EMAIL_BACKEND = MAIL.backend
EMAIL_FILE_PATH = MAIL.folder
EMAIL_HOST = MAIL.host
EMAIL_PORT = MAIL.port
EMAIL_HOST_USER = MAIL.user
EMAIL_HOST_PASSWORD = MAIL.password
EMAIL_USE_TLS = MAIL.starttls
EMAIL_USE_SSL = MAIL.tls
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = SERVER_EMAIL = mail.sender(SITE_URL)

SITE_NAME = "CLAVET"
SITE_TAGLINE = _("Local authorities share what works in education and training")
