from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FichesConfig(AppConfig):
    """CLAVET Fiches."""

    name = "fiches"
    verbose_name = _("Fiches")

    def ready(self) -> None:
        """Make the room known: its records to publishing, itself to home page and menu."""
        from clavet.cache import addresses
        from clavet.publishing import registry
        from clavet.web import blocks, rooms
        from clavet.web.facet_views import FACETS
        from fiches.blocks import kinds
        from fiches.models import Fiche
        from fiches.room import ROOM

        registry.register(Fiche)
        rooms.register(ROOM)
        blocks.register(kinds)
        addresses.below_language("fiches", parameters=[*FACETS, "sort", "page"])
