"""The way around a person's own pages. Other apps add theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clavet.accounts.language import is_below


def everybody(user: Any) -> bool:
    """Whom an entry is for that is for all."""
    return True


@dataclass(frozen=True)
class Entry:
    """One entry: label, name of the address, its place in the order, and for whom it is there."""

    label: Promise | str
    url_name: str
    place: int = 50
    is_for: Callable[[Any], bool] = everybody


ENTRIES: list[Entry] = [
    Entry(_("My desk"), "desk:home", 0),
    Entry(_("Security"), "mfa_index", 60),
    Entry(_("Your e-mails"), "mail:preferences", 70),
    Entry(_("Your data"), "desk:own-data", 75),
    Entry(_("Administration"), "admin:index", 80, lambda user: user.is_staff),
    Entry(_("Log out"), "account_logout", 100),
]


def register(entry: Entry) -> None:
    """Add an entry, once."""
    if entry.url_name not in {known.url_name for known in ENTRIES}:
        ENTRIES.append(entry)
        ENTRIES.sort(key=lambda known: known.place)


def is_own_page(path: str) -> bool:
    """Whether a path is one of a person's own pages: the desk, and what lies below ``/accounts/``."""
    return path[3:9] == "/desk/" or is_below(path)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The context processor: the entries for whoever is logged in, on the desk and below ``/accounts/`` only."""
    if not is_own_page(request.path) or not request.user.is_authenticated:
        return {}
    links = []
    for entry in ENTRIES:
        if entry.is_for(request.user):
            url = reverse(entry.url_name)
            links.append(SimpleNamespace(label=entry.label, url=url, current=url == request.path))
    return {"navigation": links}
