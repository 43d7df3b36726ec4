"""Synthetic authorities and members in any number."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from random import Random

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from simple_history.utils import bulk_create_with_history

from clavet.accounts.models import User
from clavet.accounts.roles import REVIEWER, ensure_roles
from clavet.library.scale.prose import SYNTHETIC
from clavet.library.scale.records import BATCH, Owner, Person, Plan, batches, skewed
from clavet.library.scale.words import capitalised
from clavet.publishing import codes
from clavet.publishing.facet_values import GovernanceLevel
from network.facts import Kind, Urbanisation
from network.models import Authority, Consent, Member, Membership

# A point in the middle of each country, around which its synthetic authorities lie.
COUNTRIES = {
    "BE": (50.6, 4.7), "CY": (35.0, 33.2), "DE": (51.0, 10.3), "ES": (40.2, -3.7), "FR": (46.6, 2.5),
    "GR": (39.3, 22.3), "HR": (45.6, 16.4), "IE": (53.2, -7.9), "IT": (43.2, 12.1), "LU": (49.7, 6.1),
    "MT": (35.9, 14.4), "NL": (52.2, 5.5), "PT": (39.6, -8.2), "RO": (45.9, 24.9), "TR": (39.0, 34.9),
}  # fmt: skip
AROUND = 0.8
# From the smallest village to the largest city; sizes are drawn evenly on a scale of magnitudes.
SMALLEST, LARGEST = 300, 2_000_000
# One member of so many reviews practices, one of so many writes for the authority; the first of each always writes.
REVIEWERS = 200
WRITERS = 4
LONGEST_AGO = 1500


def make_authorities(plan: Plan, number: int, members: int = 0) -> Plan:
    """Write ``number`` authorities under the next free codes, with ``members`` among them; returns the plan with both
    in it."""
    owners: list[Owner] = []
    reviewers: list[int] = []
    if members:
        ensure_roles()
    for several in batches(number):
        with transaction.atomic():
            first = len(owners)
            places = range(first, first + several)
            shares = [members * (place + 1) // number - members * place // number for place in places]
            made = write_authorities(plan, codes.allot_many("AU", several), shares)
            people = write_members(plan, made, shares)
            owners += map(owner, made, people)
            reviewers += write_reviewers([person for one in people for person in one])
    return replace(plan, owners=owners, reviewers=reviewers)


def write_authorities(plan: Plan, given: Sequence[str], shares: Sequence[int]) -> list[Authority]:
    """Authorities under these codes; those that get a share of members belong to the network."""
    made = [authority(plan, code, has_members=bool(share)) for code, share in zip(given, shares, strict=True)]
    return bulk_create_with_history(made, Authority, batch_size=BATCH)


def authority(plan: Plan, code: str, *, has_members: bool) -> Authority:
    """An authority with an invented name in one of the languages, not yet written."""
    random = plan.random_of(code)
    stock = random.choice(plan.stocks)
    place = capitalised(random.choice(stock.words), stock.language)
    country = random.choice(list(COUNTRIES))
    latitude, longitude = (round(middle + random.uniform(-AROUND, AROUND), 4) for middle in COUNTRIES[country])
    return Authority(
        code_id=code,
        status=Authority.Status.MEMBER if has_members else Authority.Status.LISTED,
        own_name=f"{place} ({SYNTHETIC[stock.language]} {int(code[3:])})",
        own_language=stock.language,
        country=country,
        kind=skewed(Kind.values, 1, random)[0],
        governance_level=skewed(GovernanceLevel.values, 1, random)[0],
        population=round(SMALLEST * (LARGEST / SMALLEST) ** random.random()),
        population_year=2024,
        urbanisation=random.choice(Urbanisation.values),
        latitude=latitude,
        longitude=longitude,
        is_sample=True,
        is_example=True,
    )


def write_members(plan: Plan, authorities: Sequence[Authority], shares: Sequence[int]) -> list[tuple[Person, ...]]:
    """So many members for each of the authorities, with account and membership; who they are, by authority."""
    places = [place for place, share in zip(authorities, shares, strict=True) for _each in range(share)]
    numbers = list(chain.from_iterable(map(range, shares)))
    chances = [plan.random_of(f"{place.code_id}:{number}") for place, number in zip(places, numbers, strict=True)]
    accounts = User.objects.bulk_create(map(account, places, numbers), batch_size=BATCH)
    members = Member.objects.bulk_create(
        (
            Member(
                account=one,
                languages=list(dict.fromkeys((one.language, "en"))),
                topics=skewed(plan.concepts, random.randint(1, 4), random),
                name_shown=random.choice(Consent.values),
                is_example=True,
            )
            for one, random in zip(accounts, chances, strict=True)
        ),
        batch_size=BATCH,
    )
    Membership.objects.bulk_create(
        (membership(plan, *given) for given in zip(members, places, numbers, chances, strict=True)), batch_size=BATCH
    )
    people = iter([Person(member.pk, one.pk) for member, one in zip(members, accounts, strict=True)])
    return [tuple(next(people) for _each in range(share)) for share in shares]


def account(place: Authority, number: int) -> User:
    """An account that nobody can log in to: its address leads nowhere, and it has no password."""
    return User(
        email=f"{place.code_id.lower()}-{number}@synthetic.example",
        password=make_password(None),
        name=f"{SYNTHETIC[place.own_language]} {int(place.code_id[3:])}-{number + 1}",
        language=place.own_language,
        is_sample=True,
    )


def membership(plan: Plan, member: Member, place: Authority, number: int, random: Random) -> Membership:
    """The place of a member, not yet written."""
    return Membership(
        member=member,
        authority=place,
        role=Membership.Role.MEMBER if number % WRITERS else Membership.Role.AUTHOR,
        joined_on=plan.now.date() - datetime.timedelta(days=random.randrange(LONGEST_AGO)),
    )


def write_reviewers(people: Sequence[Person]) -> list[int]:
    """Give some of ``people`` the role of a reviewer; returns their accounts."""
    chosen = [person.account for person in people[::REVIEWERS]]
    if chosen:
        role = Group.objects.get(name=REVIEWER)
        links = User.groups.through
        links.objects.bulk_create(links(user_id=key, group_id=role.pk) for key in chosen)
    return chosen


def owner(place: Authority, people: tuple[Person, ...]) -> Owner:
    """What records say of an authority."""
    return Owner(
        code=place.code_id,
        name=place.own_name,
        country=place.country.code,
        latitude=str(place.latitude),
        longitude=str(place.longitude),
        people=people,
    )
