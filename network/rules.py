"""Who acts for which authority. Everything asks these names: views, admin, other rooms."""

from __future__ import annotations

from typing import Any

import rules

from network.models import Authority, Membership


def places_of(user: Any) -> dict[int, str]:
    """The authorities (by primary key) in which an active account has a place now, each with the role there.

    Asked once an account object, then remembered on it: one request has one such object.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return {}
    found = getattr(user, "_places", None)
    if found is None:
        found = dict(
            Membership.objects.current()
            .filter(member__account_id=user.pk, authority__status=Authority.Status.MEMBER)
            .values_list("authority_id", "role")
        )
        user._places = found
    return found


@rules.predicate
def is_member(user: Any) -> bool:
    """Has a place in some authority of the network."""
    return bool(places_of(user))


@rules.predicate
def is_member_of(user: Any, authority: Authority | None) -> bool:
    """Has a place in this authority."""
    return authority is not None and authority.pk in places_of(user)


@rules.predicate
def is_author_for(user: Any, authority: Authority | None) -> bool:
    """May go on with the drafts of this authority, whoever began them."""
    return authority is not None and places_of(user).get(authority.pk) == Membership.Role.AUTHOR
