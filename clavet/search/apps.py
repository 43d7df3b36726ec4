from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finding records: by words in nine languages, by topics, by facets."""

    name = "clavet.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the health of the portal include that of its index."""
        from clavet.operations import readiness
        from clavet.search import state
        from clavet.search.backends import Lookup, backend

        def index() -> str | None:
            """Whether the index answers a question."""
            backend().find(state.live(), [Lookup("any", ("enready",))])
            return None

        readiness.register("index", index)
