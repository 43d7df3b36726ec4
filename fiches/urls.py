"""Addresses of fiches below ``/<language>/fiches/``."""

from clavet.library.pages import Pages
from fiches.library import LIBRARY

app_name = LIBRARY.name
urlpatterns = Pages(LIBRARY).urls()
