"""Addresses below ``/<language>/mail/``: what one wants to get, and how to stop what one does not."""

from django.urls import path

from clavet.mail import views

app_name = "mail"

urlpatterns = [
    path("", views.preferences, name="preferences"),
    path("stop/<str:token>/", views.stop, name="stop"),
]
