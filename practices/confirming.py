"""Who answers for what a published practice says: those who write for its authority."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from clavet.accounts.models import User
from clavet.publishing.confirming import Asking
from network.models import Authority, Membership
from practices.models import Practice
from practices.rules import codes_of


def owners(practice: Practice) -> list[User]:
    """The accounts that write for the authority of a practice now."""
    places = Membership.objects.current().filter(
        authority__code_id=practice.authority,
        authority__status=Authority.Status.MEMBER,
        role=Membership.Role.AUTHOR,
        member__account__is_active=True,
    )
    return list(User.objects.filter(pk__in=places.values("member__account_id")).order_by("pk"))


def own(user: Any) -> Q | None:
    """The practices of the authorities that a person writes for."""
    codes = codes_of(user, role=Membership.Role.AUTHOR)
    return Q(authority__in=codes) if codes else None


def revise_url(practice: Practice) -> str:
    """Where its authors begin a change."""
    return reverse("practices-desk:revise", args=[practice.code_id])


ASKING = Asking(owners, own, revise_url)
