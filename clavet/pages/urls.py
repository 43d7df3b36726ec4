"""Addresses of editable pages, right below ``/<language>/``."""

from django.urls import path

from clavet.pages import views

app_name = "pages"

SLUGS = ("about", "help", "accessibility", "privacy", "legal", "guide-writing", "guide-review", "guide-criteria")

urlpatterns = [
    path("partners/", views.partners, name="partners"),
    *(path(f"{slug}/", views.page, {"slug": slug}, name=slug) for slug in SLUGS),
]
