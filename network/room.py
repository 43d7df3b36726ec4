"""The directory as a room of the portal: what menu, sitemap and permanent addresses ask of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from clavet.languages import CODES
from clavet.publishing.registry import Other
from clavet.web.rooms import Room
from clavet.web.sitemap import Entry
from network import finding
from network.models import Authority
from network.places import tally


def nothing(*_given: Any) -> list[Any]:
    """What a directory has none of: records on a topic, records that are new."""
    return []


def none(*_given: Any) -> dict[str, Any]:
    """The same, by what it would be asked for."""
    return {}


def sitemap_entries() -> list[Entry]:
    """Every visible authority, which has a page in each language."""
    return [
        Entry({code: authority.url_in(code) for code in CODES}) for authority in Authority.objects.visible().iterator()
    ]


def find(code: str) -> Authority | None:
    """The authority behind a code, if it is in the directory."""
    return Authority.objects.visible().filter(code_id=code).first()


ROOM = Room(
    name="network",
    label=_("Network"),
    url_name="directory:list",
    total=lambda: Authority.objects.visible().count(),
    phase_counts=none,
    topic_counts=none,
    count_label=tally,
    newest=nothing,
    cards_of=nothing,
    sitemap_entries=sitemap_entries,
    kinds=none,
    cards=nothing,
    bodies=none,
    is_library=False,
)
OTHER = Other(find=find, facets=finding.facets_of_all)
