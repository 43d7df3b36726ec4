"""Addresses of the network below ``/<language>/desk/``."""

from django.urls import path

from network import joining_views, profile_views

app_name = "network"

urlpatterns = [
    path("profile/", profile_views.profile, name="profile"),
    path("profile/leave/<int:pk>/", profile_views.leave, name="leave"),
    path("invitations/", joining_views.invitations, name="invitations"),
    path("invitations/<int:pk>/renew/", joining_views.invitation_step, {"step": "renew"}, name="renew"),
    path("invitations/<int:pk>/withdraw/", joining_views.invitation_step, {"step": "withdraw"}, name="withdraw"),
]
