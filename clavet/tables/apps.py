from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TablesConfig(AppConfig):
    """Import and export as tables."""

    name = "clavet.tables"
    label = "tables"
    verbose_name = _("Import and export")

    def ready(self) -> None:
        """Say what is due from time to time."""
        from clavet.operations import periodic
        from clavet.tables.uploads import forget_old

        periodic.register("tables not imported erased", forget_old)
