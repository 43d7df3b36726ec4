"""Who acts for which authority. Everything asks these names: views, admin, other rooms."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import rules

from clavet.accounts.roles import (
    EXPERT,
    REVIEWER,
    TRANSLATOR,
    is_coordinator,
    is_expert,
    is_reviewer,
    is_translator,
)  # fmt: skip
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


def remember_places(people: Collection[Any]) -> None:
    """Ask the places of several active accounts at once; ``places_of`` then asks nothing more of any of them."""
    found: dict[int, dict[int, str]] = {person.pk: {} for person in people}
    places = Membership.objects.current().filter(member__account__in=found, authority__status=Authority.Status.MEMBER)
    for account, authority, role in places.values_list("member__account_id", "authority_id", "role"):
        found[account][authority] = role
    for person in people:
        person._places = found[person.pk]


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


# What an invitation may give beyond a place in an authority. Staff is made by administrators alone.
INVITABLE_ROLES = frozenset({REVIEWER, TRANSLATOR, EXPERT})


def may_invite(user: Any, authority: Authority | None, roles: Iterable[str] = ()) -> bool:
    """Whether somebody may invite to this place: coordinators anywhere and with roles, authors to their authority."""
    if not set(roles) <= INVITABLE_ROLES:
        return False
    return is_coordinator(user) or (not roles and is_author_for(user, authority))


def may_manage(user: Any, membership: Membership) -> bool:
    """Whether somebody may change another's place in an authority: its authors and coordinators."""
    return is_coordinator(user) or is_author_for(user, membership.authority)


def may_end(user: Any, membership: Membership) -> bool:
    """Whether somebody may end this place: the person herself, the authority's authors, and coordinators."""
    return may_manage(user, membership) or (
        getattr(user, "is_authenticated", False) and membership.member.account == user
    )


@rules.predicate
def may_keep(user: Any, authority: Authority) -> bool:
    """Whether somebody keeps the list of an authority's people: its authors and coordinators."""
    return is_coordinator(user) or is_author_for(user, authority)


@rules.predicate
def may_see_people(user: Any) -> bool:
    """Whether somebody sees what members show to members: they do, and whoever works for the network (records.md,
    "Roles")."""
    return is_member(user) or any(held(user) for held in (is_coordinator, is_reviewer, is_translator, is_expert))


def may_invite_at_all(user: Any) -> bool:
    """Whether somebody may invite to anything."""
    return is_coordinator(user) or Membership.Role.AUTHOR in places_of(user).values()
