from django.apps import AppConfig


class CacheConfig(AppConfig):
    """The generation of what is public, and the page cache in front of Django."""

    name = "clavet.cache"
    label = "page_cache"
    default_auto_field = "django.db.models.BigAutoField"
