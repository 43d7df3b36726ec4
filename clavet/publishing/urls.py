"""The pages that confirm what is published, below ``/<language>/``."""

from django.urls import path

from clavet.publishing import confirming_views

app_name = "confirming"

urlpatterns = [
    path("facts/<str:token>/", confirming_views.by_link, name="link"),
    path("desk/facts/<str:code>/", confirming_views.at_desk, name="desk"),
]
