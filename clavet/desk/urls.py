"""The desk's own address. What other apps put below ``/<language>/desk/`` they say themselves."""

from django.urls import path

from clavet.desk import own_data_views, views

app_name = "desk"

urlpatterns = [
    path("", views.home, name="home"),
    path("data/", own_data_views.overview, name="own-data"),
    path("data/export/", own_data_views.export, name="export"),
    path("data/erase/", own_data_views.erase, name="erase"),
    path("data/erased/", own_data_views.erased, name="erased"),
]
