from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    """Lists, pages, feeds and files of records, whatever their kind."""

    name = "clavet.library"
    verbose_name = _("Library")
