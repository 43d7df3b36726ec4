"""Addresses below ``/accounts/``: allauth's. Those of other services are there only where one is configured."""

from importlib import import_module

from allauth.socialaccount import views as provided
from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="mfa_index")),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]

SERVICES = [
    path("services/", provided.connections, name="socialaccount_connections"),
    path("services/cancelled/", provided.login_cancelled, name="socialaccount_login_cancelled"),
    path("services/error/", provided.login_error, name="socialaccount_login_error"),
    *import_module("allauth.socialaccount.providers.openid_connect.urls").urlpatterns,
]

if settings.OIDC:
    urlpatterns += SERVICES
