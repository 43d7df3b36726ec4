"""Addresses below ``/<language>/network/``."""

from django.urls import path

from network import directory_views

app_name = "directory"

urlpatterns = [
    path("", directory_views.directory, name="list"),
    path("<str:code>/", directory_views.authority, name="bare"),
    path("<str:code>/<str:slug>/", directory_views.authority, name="page"),
]
