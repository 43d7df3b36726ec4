"""Addresses of practices below ``/<language>/practices/``."""

from clavet.library.pages import Pages
from practices.library import LIBRARY

app_name = LIBRARY.name
urlpatterns = Pages(LIBRARY).urls()
