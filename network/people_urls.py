"""Addresses below ``/<language>/network/people/``: writing to somebody, with or without an account."""

from django.urls import path

from network import contact_views

app_name = "people"

urlpatterns = [
    path("<int:pk>/write/", contact_views.write, name="write"),
    path("contact/<str:code>/", contact_views.write_about, name="write-about"),
    path("sent/", contact_views.sent, name="sent"),
    path("received/", contact_views.received, name="received"),
    path("confirm/<str:token>/", contact_views.confirm, name="confirm"),
    path("conversation/<str:token>/", contact_views.conversation_by_link, name="conversation"),
]
