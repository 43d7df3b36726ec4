"""Addresses of the contact forms below ``/<language>/contact/``."""

from django.urls import path

from clavet.contact import views

app_name = "contact"

urlpatterns = [
    path("", views.write, name="write"),
    path("sent/", views.sent, name="sent"),
    path("error/<str:code>/", views.report, name="report"),
    path("translation/<str:code>/", views.offer, name="offer"),
]
