"""Addresses of lists that visitors put together, right below ``/<language>/``."""

from django.urls import path

from clavet.library import collected_pages

app_name = "collecting"

urlpatterns = [
    path("list/", collected_pages.collected_list, name="list"),
    path("list.csv", collected_pages.collected_csv, name="csv"),
]
