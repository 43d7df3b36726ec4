"""The desk's own address. What other apps put below ``/<language>/desk/`` they say themselves."""

from django.urls import path

from clavet.desk import views

app_name = "desk"

urlpatterns = [path("", views.home, name="home")]
