"""The rooms of the portal: each app registers its own, and menu, home page and sitemap find them here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Room:
    """One room: its name in the menu, its address, and what it gives to pages that know no room by name.

    ``phase_counts(language)`` gives how many public records lie in each phase, ``count_label(number)`` says that in
    words, ``newest(language, number)`` gives the newest cards, ``topic_counts()`` how many records carry each topic,
    ``cards_of(language, concept_id, number)`` the newest cards of a topic, ``sitemap_entries()`` the addresses. For
    search: ``kinds()`` its kinds of record with their labels, ``cards(codes, language)`` the cards of those of these
    records that are its own, in their order, ``bodies(codes, language)`` their texts beyond title and summary.
    """

    name: str
    label: Promise | str
    url_name: str
    total: Callable[[], int]
    phase_counts: Callable[[], dict[str, int]]
    topic_counts: Callable[[], dict[str, int]]
    count_label: Callable[[int], str]
    newest: Callable[[str, int], list[Any]]
    cards_of: Callable[[str, str, int], list[Any]]
    sitemap_entries: Callable[[], list[Any]]
    kinds: Callable[[], dict[str, str]]
    cards: Callable[[Sequence[str], str], list[Any]]
    bodies: Callable[[Sequence[str], str], dict[str, str]]
    # Whether it holds records that lie in the policy cycle.
    is_library: bool = True

    def url(self) -> str:
        """The room's address in the language of the moment."""
        return reverse(self.url_name)


ROOMS: list[Room] = []
# As they follow each other in the menu.
ORDER = ("fiches", "practices", "network", "rapid_response")


def register(room: Room) -> None:
    """Add a room to the menu."""
    if room.name not in {known.name for known in ROOMS}:
        ROOMS.append(room)
        ROOMS.sort(key=lambda known: ORDER.index(known.name))
