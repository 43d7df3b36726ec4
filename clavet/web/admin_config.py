"""The app configuration of the admin; apart from the site itself, which needs the models to be there."""

from django.contrib.admin.apps import AdminConfig


class ClavetAdminConfig(AdminConfig):
    """Puts our admin site in the place of Django's."""

    default_site = "clavet.web.admin_site.ClavetAdminSite"
