import simple_history
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Editable pages."""

    name = "clavet.pages"
    label = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        """Keep history, registered here: after the translation, so that it knows every language's columns."""
        simple_history.register(self.get_model("Page"), app="clavet.pages")
