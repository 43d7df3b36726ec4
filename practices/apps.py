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
        from clavet.library.importing.tables import kind_of
        from clavet.library.rooms import room_of
        from clavet.mail import registry as mail
        from clavet.operations import periodic
        from clavet.publishing import confirming, lifecycle, registry
        from clavet.publishing.models.log import MORE_STATES
        from clavet.tables import kinds as tables
        from clavet.web import rooms
        from practices import adopting, adoption_mails, cases, mails, own_data, reminders
        from practices.comparing import COMPARING
        from practices.confirming import ASKING
        from practices.desk import blocks
        from practices.library import LIBRARY
        from practices.models import Case, Practice

        registry.register(Practice)
        lifecycle.register(cases.close_with)
        confirming.register(Practice.shape.prefix, ASKING)
        MORE_STATES.update(Case.State.choices)
        for message in (*mails.ALL, *adoption_mails.ALL):
            mail.register(message)
        periodic.register("practices: reminders", reminders.send_due)
        periodic.register("practices: reports on adoptions", adopting.ask_for_reports)
        for place, block in enumerate(
            (
                blocks.waiting_for_me,
                blocks.reports_asked,
                blocks.queue,
                blocks.adoptions_declared,
                blocks.what_i_wait_for,
            ),
            start=10,
        ):
            desk.register(block, place=place)
        navigation.register(navigation.Entry(_("Your practices"), "practices-desk:list", 20, blocks.has_place))
        kinds.register(LIBRARY, COMPARING)
        tables.register(kind_of(LIBRARY, compiled_only=True))
        own_data.declare()
        rooms.register(room_of(LIBRARY))
        addresses.below_language("practices", parameters=[*LIBRARY.facets, "like", "sort", "page"])
        addresses.below_language("practices/compare", parameters=["code"], is_free=True, is_ordered=True)
