from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    """Best practices: submitted by partners, judged by reviewers, published as a library."""

    name = "practices"
    verbose_name = _("Practices")

    def ready(self) -> None:
        """Make the room known: its records to publishing, itself to home page and menu."""
        from clavet.cache import addresses
        from clavet.desk import blocks as desk, navigation
        from clavet.library import kinds
        from clavet.library.rooms import room_of
        from clavet.mail import registry as mail
        from clavet.operations import periodic
        from clavet.publishing import registry
        from clavet.publishing.models.log import MORE_STATES
        from clavet.web import rooms
        from practices import mails, reminders
        from practices.desk import blocks
        from practices.library import LIBRARY
        from practices.models import Case, Practice

        registry.register(Practice)
        MORE_STATES.update(Case.State.choices)
        for message in mails.ALL:
            mail.register(message)
        periodic.register("practices: reminders", reminders.send_due)
        for place, block in enumerate((blocks.waiting_for_me, blocks.queue, blocks.what_i_wait_for), start=10):
            desk.register(block, place=place)
        navigation.register(navigation.Entry(_("Your practices"), "practices-desk:list", 20, blocks.has_place))
        kinds.register(LIBRARY)
        rooms.register(room_of(LIBRARY))
        addresses.below_language("practices", parameters=[*LIBRARY.facets, "like", "sort", "page"])
