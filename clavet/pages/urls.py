"""Addresses of editable pages, right below ``/<language>/``."""

from django.urls import path

from clavet.pages import views

app_name = "pages"

urlpatterns = [
    path("partners/", views.partners, name="partners"),
    *(
        path(f"{slug}/", views.page, {"slug": slug}, name=slug)
        for slug in ("about", "help", "accessibility", "privacy", "legal")
    ),
]
