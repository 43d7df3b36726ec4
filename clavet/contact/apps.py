from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactConfig(AppConfig):
    """Messages from readers."""

    name = "clavet.contact"
    label = "contact"
    verbose_name = _("Messages")
