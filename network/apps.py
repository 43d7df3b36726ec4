import simple_history
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """Authorities and their members; the directory of both."""

    name = "network"
    verbose_name = _("Network")

    def ready(self) -> None:
        """Keep history (here, after the translation, so that it knows every language's columns); give to the home
        page."""
        from clavet.cache import addresses, public
        from clavet.desk import blocks as desk, navigation
        from clavet.mail import registry
        from clavet.publishing import registry as publishing
        from clavet.web import blocks, rooms
        from clavet.web.search import beside
        from network import finding, listing, mails, room, search
        from network.blocks import founding_partners
        from network.directory import FACETS

        blocks.register(founding_partners)
        simple_history.register(self.get_model("Authority"), app="network")
        public.register(self.get_model("Authority"), self.get_model("Member"), self.get_model("Membership"))
        public.follow(self.get_model("Authority"), finding.follow)
        publishing.register_other(finding.PREFIX, room.OTHER)
        rooms.register(room.ROOM)
        beside.register(search.found)
        addresses.below_language("network", parameters=[*FACETS, "q", "box", "sort", "view", "page"], is_free=True)
        desk.register(listing.waiting_applications, place=10)
        desk.register(listing.waiting_invitations, place=60)
        desk.register(listing.own_authorities, place=80)
        navigation.register(navigation.Entry(_("Profile"), "network:profile", 20))
        for message in mails.MESSAGES:
            registry.register(message)
