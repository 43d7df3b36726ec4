"""The minimal Django view: a few words, behind the same middleware and language prefix as every page."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import path


def few_words(request: HttpRequest) -> HttpResponse:
    """An answer that takes no making."""
    return HttpResponse("A few words.")


urlpatterns = i18n_patterns(path("minimal/", few_words))
