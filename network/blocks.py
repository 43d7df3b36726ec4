"""What the network gives to the home page: who stands behind the portal."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _, ngettext

from clavet.languages import CODES
from network.models import Authority


def founding_partners(language: str) -> dict[str, Any]:
    """The partners of the founding project and a few figures about them, all counted."""
    authorities = list(Authority.objects.founding_partners())
    nations = {authority.country.code for authority in authorities}
    return {
        "partners": [partner(authority, language) for authority in authorities],
        "figures": [
            SimpleNamespace(
                value=len(authorities), label=ngettext("founding partner", "founding partners", len(authorities))
            ),
            SimpleNamespace(value=len(nations), label=ngettext("country", "countries", len(nations))),
            SimpleNamespace(value=len(CODES), label=ngettext("language", "languages", len(CODES))),
        ],
    }


def partner(authority: Authority, language: str) -> SimpleNamespace:
    """One partner, under its own name."""
    return SimpleNamespace(
        name=authority.own_name,
        lang=authority.own_language,
        other_name=getattr(authority, f"other_name_{language}") or "",
        country=authority.country.name,
        role=_("coordinator of the founding project") if authority.is_project_coordinator else "",
        website=authority.website,
        url=authority.url_in(language) if authority.is_visible else "",
    )
