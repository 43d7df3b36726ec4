from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """The desk of those who are logged in."""

    name = "clavet.desk"
    label = "desk"
    verbose_name = _("My desk")
