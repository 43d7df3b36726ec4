from django.apps import AppConfig


class CacheConfig(AppConfig):
    """The generation of what is public, and the page cache in front of Django."""

    name = "clavet.cache"
    label = "page_cache"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the health of the portal include that of its cache."""
        from clavet.cache.generation import state
        from clavet.operations import readiness

        readiness.register("cache", lambda: None if state().number else "failing")
