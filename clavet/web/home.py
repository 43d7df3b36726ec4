"""The home page: the policy cycle as its spine, then topics, what is new, and who stands behind it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from clavet.languages import CODES
from clavet.pages.models import Page
from clavet.publishing.facet_values import Phase
from clavet.vocabulary.tree import read_tree
from clavet.web.blocks import BLOCKS
from clavet.web.lists import address
from clavet.web.meta import Meta, absolute, in_all_languages
from clavet.web.rooms import ROOMS
from clavet.web.texts import Text

PHASE_TEXTS = {
    Phase.FORMULATION: gettext_lazy("Needs, evidence and options before a policy is written."),
    Phase.IMPLEMENTATION: gettext_lazy("Partners, money, people and the first year."),
    Phase.MONITORING: gettext_lazy("Indicators, evaluation, and knowing when to stop."),
}
NEWEST = 5
TOPICS = 10


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The home page in the reader's language."""
    language = get_language()
    page = Page.objects.filter(slug="home").first()
    words = (
        page.in_language(language) if page else SimpleNamespace(title=Text("CLAVET", language, language), summary="")
    )
    context: dict[str, Any] = {
        "page": words,
        "phases": phases(),
        "topics": top_topics(language)[:TOPICS],
        "newest": [card for room in ROOMS for card in room.newest(language, NEWEST)][:NEWEST],
        "newest_url": ROOMS[0].url() if ROOMS else "",
        "total": sum(room.total() for room in ROOMS if room.is_library),
        "meta": Meta(
            title=f"CLAVET · {words.title}",
            lang=words.title.lang,
            description=str(words.summary),
            canonical=absolute(request.path),
            alternates=in_all_languages(request.path),
        ),
    }
    for block in BLOCKS:
        context |= block(language)
    return render(request, "home.html", context)


def phases() -> list[SimpleNamespace]:
    """The three phases, always in this order, with what each room has in them."""
    counts = [(room, room.phase_counts()) for room in ROOMS if room.is_library]
    path = ROOMS[0].url() if ROOMS else reverse("home")
    return [
        SimpleNamespace(
            number=number,
            value=phase.value,
            label=phase.label,
            text=PHASE_TEXTS[phase],
            url=address(path, {"phase": [phase.value]}),
            counts=[room.count_label(found.get(phase.value, 0)) for room, found in counts],
        )
        for number, phase in enumerate(Phase, start=1)
    ]


def top_topics(language: str | None) -> list[SimpleNamespace]:
    """Topics with records, those with the most first."""
    language = language if language in CODES else "en"
    tree = read_tree(language)
    totals: dict[str, int] = {}
    for room in ROOMS:
        for key, number in room.topic_counts().items():
            totals[key] = totals.get(key, 0) + number
    # A top concept says too little to be chosen by: readers look for what is below it.
    keys = [key for key in totals if tree.broader.get(key) and key in tree.labels]
    keys.sort(key=lambda key: (-totals[key], tree.labels[key].casefold()))
    return [
        SimpleNamespace(label=tree.labels[key], url=reverse("vocabulary:concept", args=[key]), count=totals[key])
        for key in keys
    ]
