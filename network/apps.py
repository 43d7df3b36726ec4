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
        from clavet.operations import periodic
        from clavet.publishing import registry as publishing
        from clavet.tables import kinds
        from clavet.web import blocks, rooms
        from clavet.web.search import beside
        from network import contacting, finding, listing, mails, own_data, retention, room, search, tables
        from network.blocks import founding_partners
        from network.directory import FACETS
        from network.rules import may_see_people

        blocks.register(founding_partners)
        simple_history.register(self.get_model("Authority"), app="network")
        kinds.register(tables.KIND)
        # What a person shows to everybody stands on public pages.
        public.register(self.get_model("Authority"), self.get_model("Member"), self.get_model("Membership"))
        public.follow(self.get_model("Authority"), finding.follow)
        publishing.register_other(finding.PREFIX, room.OTHER)
        rooms.register(room.ROOM)
        beside.register(search.found)
        addresses.below_language("network", parameters=[*FACETS, "q", "box", "sort", "view", "page"], is_free=True)
        desk.register(listing.waiting_applications, place=10)
        desk.register(listing.waiting_invitations, place=60)
        desk.register(listing.own_authorities, place=80)
        desk.register(listing.unanswered, place=15)
        navigation.register(navigation.Entry(_("Profile"), "network:profile", 20))
        navigation.register(navigation.Entry(_("Messages"), "network:conversations", 30))
        navigation.register(navigation.Entry(_("People"), "network:directory", 40, may_see_people))
        periodic.register("messages between people erased", contacting.forget_old)
        periodic.register("invitations and applications erased", retention.forget_old)
        for message in mails.MESSAGES:
            registry.register(message)
        own_data.register()
