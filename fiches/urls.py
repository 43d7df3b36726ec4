"""Addresses of fiches below ``/<language>/fiches/``."""

from django.urls import path
from django.views.decorators.http import require_safe

from fiches import views
from fiches.feeds import FicheFeed

app_name = "fiches"

FEED = require_safe(FicheFeed())

urlpatterns = [
    path("", views.fiche_list, name="list"),
    path("feed.atom", FEED, name="feed"),
    path("feed/<slug:topic>.atom", FEED, name="topic-feed"),
    path("<str:code>/v/<int:number>/", views.version_page, name="version"),
    path("<str:code>/v/<int:number>/cite/<str:name>", views.citation_file, name="cite"),
    path("<str:code>/v/<int:number>/files/<str:row>/<str:name>", views.file, name="file"),
    path("<str:code>/preview/<int:revision_id>/", views.preview, name="preview"),
    path("<str:code>/", views.fiche_page, name="bare"),
    path("<str:code>/<str:slug>/", views.fiche_page, name="page"),
]
