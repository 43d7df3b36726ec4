"""Addresses below ``/<language>/join/``: how one asks to join."""

from django.urls import path

from network import joining_views

app_name = "join"

urlpatterns = [
    path("", joining_views.apply, name="apply"),
    path("sent/", joining_views.sent, name="sent"),
    path("received/", joining_views.received, name="received"),
    path("confirm/<str:token>/", joining_views.confirm, name="confirm"),
]
