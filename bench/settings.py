"""Settings of the minimal Django view: those of a running portal, middleware included, with addresses of its own."""

from clavet.settings.run import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
