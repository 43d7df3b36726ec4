"""Whom one can write to in an authority: each detail of a person only to those to whom that person shows it."""

from __future__ import annotations

from dataclasses import dataclass

from network.models import Authority, Consent, Member, Membership


@dataclass(frozen=True)
class Person:
    """What somebody sees of a person; what is not shown is empty."""

    name: str
    email: str
    phone: str
    is_contact: bool
    is_example: bool


def people_of(authority: Authority, *, for_members: bool) -> list[Person]:
    """The people of a member authority of whom the public, or with ``for_members`` a member, may see something: the
    one whom it names as its contact first, then by name."""
    if authority.status != Authority.Status.MEMBER:
        return []
    allowed = {Consent.PUBLIC, Consent.MEMBERS} if for_members else {Consent.PUBLIC}
    places = Membership.objects.current().filter(authority=authority, member__account__is_active=True)
    members = [place.member for place in places.select_related("member__account")]
    people = [shown(member, allowed, is_contact=member.pk == authority.contact_id) for member in members]
    people = [person for person in people if person.name or person.email or person.phone]
    return sorted(people, key=lambda person: (not person.is_contact, person.name.casefold(), person.email))


def shown(member: Member, allowed: set[str], *, is_contact: bool) -> Person:
    """A person as those see her who are among the ``allowed``."""
    account = member.account
    return Person(
        name=account.name if member.name_shown in allowed else "",
        email=account.email if member.email_shown in allowed else "",
        phone=member.phone if member.phone_shown in allowed else "",
        is_contact=is_contact,
        is_example=member.is_example,
    )
