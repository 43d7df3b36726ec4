"""Addresses of topics below ``/<language>/topics/``."""

from django.urls import path

from clavet.vocabulary import views

app_name = "vocabulary"

urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:concept_id>/", views.concept, name="concept"),
]
