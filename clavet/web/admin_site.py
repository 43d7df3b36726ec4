"""The admin of coordinators and administrators, under the portal's own name."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _

from clavet.accounts.login import ThrottledLoginForm


class ClavetAdminSite(AdminSite):
    """Django's admin with our name on it."""

    login_form = ThrottledLoginForm
    site_header = _("CLAVET administration")
    site_title = _("CLAVET administration")
    index_title = _("What needs doing")
    site_url = "/"
    enable_nav_sidebar = False
