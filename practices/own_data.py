"""Reviews and remarks, as the data of who gave them. They stay without a name."""

from __future__ import annotations

from typing import Any

from clavet.accounts.models import User
from clavet.accounts.own_data import Part, register
from practices.models import Remark, Review


def export(user: User) -> dict[str, Any]:
    """What the person said of practices."""
    reviews = Review.objects.filter(reviewer=user)
    return {
        "reviews": list(
            reviews.values("case__code_id", "scores", "recommendation", "for_author", "for_editor", "given_at")
        ),
        "remarks": list(Remark.objects.filter(made_by=user).values("case__code_id", "key", "text", "made_at")),
    }


def declare() -> None:
    """Make the part known."""
    register(Part("reviews", export))
