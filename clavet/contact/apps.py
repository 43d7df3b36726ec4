from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactConfig(AppConfig):
    """Messages from readers."""

    name = "clavet.contact"
    label = "contact"
    verbose_name = _("Messages")

    def ready(self) -> None:
        """Say what of ours is due from time to time, and what we send."""
        from clavet.contact import mails, own_data
        from clavet.contact.receiving import forget_old
        from clavet.mail import registry
        from clavet.operations import periodic

        registry.register(mails.ARRIVED)
        own_data.declare()
        periodic.register("readers’ messages erased", forget_old)
