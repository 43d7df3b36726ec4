from django.apps import AppConfig


class WebConfig(AppConfig):
    """What all pages share: texts, layout data, middleware, feeds, errors."""

    name = "clavet.web"
    label = "web"
