from django.apps import AppConfig


class WebConfig(AppConfig):
    """What all pages share: texts, layout data, middleware, feeds, errors."""

    name = "clavet.web"
    label = "web"

    def ready(self) -> None:
        """Say which pages are kept, and what they depend on."""
        from clavet.cache import addresses
        from clavet.web.facet_views import FACETS

        addresses.below_language("")
        addresses.below_language("search", parameters=["q", *FACETS, "page"], is_free=True)
        addresses.whole("/sitemap.xml", "/robots.txt", "/.well-known/security.txt")
