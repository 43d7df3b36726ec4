"""Addresses of the network below ``/<language>/desk/``."""

from django.urls import path

from network import (
    authority_form,
    contact_views,
    directory_views,
    joining_views,
    people_views,
    place_views,
    profile_views,
)

app_name = "network"

urlpatterns = [
    path("profile/", profile_views.profile, name="profile"),
    path("authorities/<str:code>/", place_views.people, name="people"),
    path("places/<int:pk>/role/", place_views.change_role, name="role"),
    path("places/<int:pk>/end/", place_views.end, name="end"),
    path("people/", people_views.directory, name="directory"),
    path("messages/", contact_views.conversations, name="conversations"),
    path("messages/<int:pk>/", contact_views.conversation, name="conversation"),
    path("network/<str:code>/", directory_views.people, name="contacts"),
    path("authority/<str:code>/", authority_form.edit, name="authority"),
    path("invitations/", joining_views.invitations, name="invitations"),
    path("invitations/<int:pk>/renew/", joining_views.invitation_step, {"step": "renew"}, name="renew"),
    path("invitations/<int:pk>/withdraw/", joining_views.invitation_step, {"step": "withdraw"}, name="withdraw"),
]
