"""The five kinds of fiche."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a fiche is."""

    BEST_PRACTICE = "best_practice", _("Best practice")
    LESSON_LEARNED = "lesson_learned", _("Lesson learned")
    PRACTICAL_EXAMPLE = "practical_example", _("Practical example")
    POLICY_TOOL = "policy_tool", _("Policy tool")
    TRAINING_UNIT = "training_unit", _("Training unit")


def kind_labels() -> dict[str, str]:
    """Every kind with its label in the language of the moment."""
    return {value: str(label) for value, label in Kind.choices}
