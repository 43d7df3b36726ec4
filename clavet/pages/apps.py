import simple_history
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Editable pages."""

    name = "clavet.pages"
    label = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        """Keep history, registered here: after the translation, so that it knows every language's columns.
        Every change of a page is public."""
        from clavet.cache import addresses, public

        simple_history.register(self.get_model("Page"), app="clavet.pages")
        public.register(self.get_model("Page"))
        addresses.below_language("about", "partners", "help", "accessibility", "privacy", "legal")
