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
        from clavet.desk import blocks as desk, navigation
        from clavet.mail import registry
        from clavet.tables import kinds
        from clavet.web import blocks
        from network import listing, mails, tables
        from network.blocks import founding_partners

        blocks.register(founding_partners)
        simple_history.register(self.get_model("Authority"), app="network")
        public.register(self.get_model("Authority"))
        kinds.register(tables.KIND)
        desk.register(listing.waiting_applications, place=10)
        desk.register(listing.waiting_invitations, place=60)
        desk.register(listing.own_authorities, place=80)
        navigation.register(navigation.Entry(_("Profile"), "network:profile", 20))
        for message in mails.MESSAGES:
            registry.register(message)
