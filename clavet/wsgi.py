"""The portal as the production server calls it: Django behind its page cache."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clavet.settings.run")

application = get_wsgi_application()

from clavet.cache.fronting import fronted  # noqa: E402 - Django has to be set up first

application = fronted(application)
