"""What is sent about adoptions, and to whom. Queued in the transaction of the step."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _, override

from clavet.accounts.models import User
from clavet.accounts.roles import COORDINATOR, is_coordinator, people_with
from clavet.mail import registry
from clavet.mail.queueing import queue
from clavet.web.meta import absolute
from network.models import Membership
from practices.mails import example
from practices.models import Adoption
from practices.rules import belongs_to_adopters, has_part_in_adoption

EXAMPLE = {"authority": "Općina Primjer"}

DECLARED = registry.Message(
    name="practices.adoption_declared",
    label=_("an authority says that it has adapted a practice"),
    essential=False,
    sample=example(**EXAMPLE),
    can_wait=True,
    audience=is_coordinator,
)
STANDS = registry.Message(
    name="practices.adoption_stands",
    label=_("whether your adoption was confirmed"),
    essential=True,
    sample=example(state="refused", letter="", **EXAMPLE),
)
ADOPTED = registry.Message(
    name="practices.adopted",
    label=_("another authority has adapted a practice of yours"),
    essential=False,
    sample=example(**EXAMPLE),
    can_wait=True,
)
REPORT = registry.Message(
    name="practices.adoption_report",
    label=_("how it went on with a practice that you adapted"),
    essential=False,
    sample=example(again=False, **EXAMPLE),
)
ALL = (DECLARED, STANDS, ADOPTED, REPORT)


def authors_of(code: str) -> list[User]:
    """Those who write for the authority with this code now."""
    places = Membership.objects.current().filter(authority__code_id=code, role=Membership.Role.AUTHOR)
    people = User.objects.filter(is_active=True, member__memberships__in=places)
    return list(people.distinct().order_by("pk"))


def adopters(adoption: Adoption) -> list[User]:
    """Whoever declared it, if she still has a place in the authority; else those who write for it now."""
    person = adoption.declared_by
    if person and person.is_active and belongs_to_adopters.test(person, adoption):
        return [person]
    return authors_of(adoption.authority.code_id)


def about(adoption: Adoption, person: User, address: str) -> dict[str, Any]:
    """What every message about an adoption says."""
    practice = adoption.practice
    title = getattr(practice, f"title_{person.language}") or practice.source_title
    return {
        "code": practice.code_id,
        "title": title,
        "authority": adoption.authority.own_name,
        "url": absolute(address),
    }


def desk_url(name: str, adoption: Adoption, person: User) -> str:
    """A page of the desk in the language of the person."""
    with override(person.language):
        return reverse(f"practices-desk:{name}", args=[adoption.pk])


def tell_coordinators(adoption: Adoption) -> None:
    """All coordinators who have no part in it: it waits for one of them."""
    address = reverse("admin:practices_adoption_change", args=[adoption.pk])
    for person in people_with(COORDINATOR):
        if not has_part_in_adoption.test(person, adoption):
            context = about(adoption, person, address)
            queue(DECLARED.name, to=person, context=context, cause=f"adoption {adoption.pk} declared")


def tell_adopters(adoption: Adoption) -> None:
    """Confirmed or refused, with the reason."""
    for person in adopters(adoption):
        context = about(adoption, person, desk_url("adoption", adoption, person))
        context |= {"state": adoption.state, "letter": adoption.reason}
        queue(STANDS.name, to=person, context=context, cause=f"adoption {adoption.pk} {adoption.state}")


def tell_owners(adoption: Adoption) -> None:
    """Those who write for the authority whose practice it is."""
    for person in authors_of(adoption.practice.authority):
        context = about(adoption, person, adoption.practice.url_in(person.language) + "#adoptions")
        queue(ADOPTED.name, to=person, context=context, cause=f"adoption {adoption.pk} confirmed")


def ask_for_report(adoption: Adoption, *, again: bool) -> int:
    """How did it go on? ``again`` a month later, once. Returns how many were asked now."""
    cause = f"adoption {adoption.pk} report{' again' if again else ''}"
    asked = 0
    for person in adopters(adoption):
        context = about(adoption, person, desk_url("adoption-report", adoption, person)) | {"again": again}
        asked += queue(REPORT.name, to=person, context=context, cause=cause) is not None
    return asked
