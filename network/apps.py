import simple_history
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """Authorities and, later, their members."""

    name = "network"
    verbose_name = _("Network")

    def ready(self) -> None:
        """Keep history (here, after the translation, so that it knows every language's columns); give to the home
        page."""
        from clavet.cache import public
        from clavet.web import blocks
        from network.blocks import founding_partners

        blocks.register(founding_partners)
        simple_history.register(self.get_model("Authority"), app="network")
        public.register(self.get_model("Authority"))
