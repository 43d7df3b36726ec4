"""Where a page stands below the home page."""

from __future__ import annotations

from types import SimpleNamespace

from django.urls import reverse
from django.utils.translation import gettext as _

from clavet.web.texts import Text


def crumbs(*steps: tuple[str, str] | str | Text) -> list[SimpleNamespace]:
    """The way from the home page to here: each step a label with its address, the last one a label alone (a
    ``Text`` where it may be in another language than the page)."""
    found = [SimpleNamespace(label=_("Home"), url=reverse("home"))]
    for step in steps:
        label, url = step if isinstance(step, tuple) else (step, None)
        found.append(SimpleNamespace(label=label, url=url))
    return found
