from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FichesConfig(AppConfig):
    """CLAVET Fiches."""

    name = "fiches"
    verbose_name = _("Fiches")

    def ready(self) -> None:
        """Make the room known: its records to publishing, itself to home page and menu."""
        from clavet.cache import addresses
        from clavet.library import kinds as kinds_of_records, lineage
        from clavet.library.importing.tables import kind_of
        from clavet.library.rooms import room_of
        from clavet.publishing import confirming, desk_links, registry
        from clavet.tables import kinds as tables
        from clavet.web import blocks, rooms
        from clavet.web.facet_views import FACETS
        from fiches.blocks import kinds
        from fiches.confirming import ASKING
        from fiches.from_practice import links
        from fiches.library import LIBRARY, told_again
        from fiches.models import Fiche

        registry.register(Fiche)
        confirming.register(Fiche.shape.prefix, ASKING)
        kinds_of_records.register(LIBRARY)
        tables.register(kind_of(LIBRARY))
        rooms.register(room_of(LIBRARY))
        lineage.register(told_again)
        desk_links.register(links)
        blocks.register(kinds)
        addresses.below_language("fiches", parameters=[*FACETS, "sort", "page"])
