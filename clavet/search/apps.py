from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finding records: by words in nine languages, by topics, by facets."""

    name = "clavet.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
