"""Addresses of the network below ``/<language>/desk/``."""

from django.urls import path

from network import authority_form, directory_views, joining_views, profile_views

app_name = "network"

urlpatterns = [
    path("profile/", profile_views.profile, name="profile"),
    path("profile/leave/<int:pk>/", profile_views.leave, name="leave"),
    path("network/<str:code>/", directory_views.people, name="people"),
    path("authority/<str:code>/", authority_form.edit, name="authority"),
    path("invitations/", joining_views.invitations, name="invitations"),
    path("invitations/<int:pk>/renew/", joining_views.invitation_step, {"step": "renew"}, name="renew"),
    path("invitations/<int:pk>/withdraw/", joining_views.invitation_step, {"step": "withdraw"}, name="withdraw"),
]
