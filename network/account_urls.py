"""The address in an invitation; it names no language, because whoever is invited may read another one."""

from django.urls import path

from network import joining_views

urlpatterns = [path("<str:token>/", joining_views.accept, name="invitation")]
