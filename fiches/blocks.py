"""What the room of fiches gives to the home page: the kinds of fiche, each with its number."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clavet.library.rooms import facet_counts
from clavet.web.lists import address
from fiches.kinds import Kind
from fiches.models import Fiche

KIND_TEXTS = {
    Kind.BEST_PRACTICE: _("Something that worked, with the evidence for it."),
    Kind.LESSON_LEARNED: _("Something that went wrong, and what it taught."),
    Kind.PRACTICAL_EXAMPLE: _("How one place went about it, step by step."),
    Kind.POLICY_TOOL: _("A checklist or worksheet for your next meeting."),
    Kind.TRAINING_UNIT: _("A session to learn from, alone or with colleagues."),
}


def kinds(language: str) -> dict[str, Any]:
    """The kinds of fiche, each leading into the list."""
    counts = facet_counts(Fiche.shape.prefix, "kind")
    path = reverse("fiches:list")
    return {
        "kinds": [
            SimpleNamespace(
                label=kind.label, url=address(path, {"kind": [kind.value]}), count=counts.get(kind.value, 0), text=text
            )
            for kind, text in KIND_TEXTS.items()
        ]
    }
