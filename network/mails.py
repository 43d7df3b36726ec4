"""What is sent when people join."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _, override

from clavet.accounts.roles import COORDINATOR, LABELS, is_coordinator, people_with
from clavet.mail import registry
from clavet.mail.queueing import queue
from clavet.web.meta import absolute
from network.models import Application, Authority, Invitation, Membership

NAMES = {"authority": "Comune di Esempio", "inviter": "Ada Example", "name": "Ada Example"}


def _register(name: str, label: Any, sample: dict[str, Any], **more: Any) -> registry.Message:
    def context(language: str) -> dict[str, Any]:
        with override(language):
            return {key: str(value) for key, value in sample.items()}

    return registry.Message(name=f"network.{name}", label=label, sample=context, **more)


MESSAGES = (
    _register(
        "invitation",
        _("somebody has invited you to CLAVET"),
        {**NAMES, "roles": LABELS["reviewer"], "message": "…", "until": "2027-01-31", "url": absolute("/accounts/")},
        essential=True,
        confidential=True,
    ),
    _register(
        "confirmation",
        _("you have asked to join CLAVET"),
        {"name": "Ada Example", "url": absolute("/en/join/")},
        essential=True,
        confidential=True,
    ),
    _register("declined", _("you have asked to join CLAVET"), {"name": "Ada Example", "reason": "…"}, essential=True),
    _register(
        "application",
        _("somebody asks to join"),
        {**NAMES, "url": absolute("/admin/")},
        essential=False,
        can_wait=True,
        audience=is_coordinator,
    ),
    _register(
        "accepted",
        _("somebody has accepted your invitation"),
        {**NAMES, "url": absolute("/en/desk/")},
        essential=False,
        can_wait=True,
    ),
    _register(
        "place",
        _("your place in an authority has changed"),
        {**NAMES, "change": "author", "reason": "…", "url": absolute("/en/desk/")},
        essential=True,
    ),
    _register(
        "standing",
        _("your authority was suspended, or is active again"),
        {**NAMES, "is_suspended": "yes", "reason": "…", "url": absolute("/en/desk/")},
        essential=True,
    ),
    _register(
        "without_author",
        _("an authority is left without an author"),
        {**NAMES, "url": absolute("/admin/")},
        essential=False,
        can_wait=True,
        audience=is_coordinator,
    ),
    _register(
        "message",
        _("somebody has written to you through the portal"),
        {
            **NAMES,
            "about": "BP-0007",
            "text": "…",
            "address": "…",
            "is_answer": "yes",
            "url": absolute("/en/desk/"),
        },
        essential=True,
        confidential=True,
    ),
    _register(
        "message_confirmation",
        _("you have written to somebody through the portal"),
        {"name": "Ada Example", "url": absolute("/en/network/people/confirm/123/")},
        essential=True,
        confidential=True,
    ),
    _register(
        "message_reported",
        _("a message between people was reported"),
        {"url": absolute("/admin/")},
        essential=False,
        can_wait=True,
        audience=is_coordinator,
    ),
)


def send_invitation(invitation: Invitation, token: str) -> None:
    """The invitation, with its link, in the language that the inviter chose."""
    path = reverse("invitation", args=[token])
    with override(invitation.language):
        roles = ", ".join(str(LABELS[name]) for name in invitation.roles)
        until = date_format(localtime(invitation.expires_at), "DATE_FORMAT")
    context = {
        "authority": invitation.authority.own_name if invitation.authority else "",
        "inviter": invitation.invited_by.name if invitation.invited_by else "",
        "roles": roles,
        "message": invitation.message,
        "until": until,
        "url": absolute(f"{path}?language={invitation.language}"),
    }
    queue("network.invitation", to=invitation.address, language=invitation.language, context=context)


def send_confirmation(application: Application, token: str) -> None:
    """The link by which an applicant confirms the address. It is the same mail whether the address is known or not."""
    with override(application.language):
        url = absolute(reverse("join:confirm", args=[token]))
    context = {"name": application.name, "url": url}
    queue("network.confirmation", to=application.address, language=application.language, context=context)


def send_decline(application: Application) -> None:
    """The decision, with its reason."""
    context = {"name": application.name, "reason": application.reason}
    queue("network.declined", to=application.address, language=application.language, context=context)


def tell_coordinators(application: Application) -> None:
    """Queue an e-mail for each coordinator."""
    context = {
        "name": application.name,
        "authority": application.authority.own_name if application.authority else application.authority_name,
        "url": absolute(reverse("admin:network_application_change", args=[application.pk])),
    }
    for coordinator in people_with(COORDINATOR):
        queue("network.application", to=coordinator, context=context, cause=f"application {application.pk}")


def tell_accepted(invitation: Invitation) -> None:
    """Tell whoever invited."""
    inviter = invitation.invited_by
    if inviter is None or not inviter.is_active:
        return
    with override(inviter.language):
        url = absolute(reverse("desk:home"))
    context = {
        "name": invitation.accepted_by.name if invitation.accepted_by else invitation.address,
        "authority": invitation.authority.own_name if invitation.authority else "",
        "url": url,
    }
    queue("network.accepted", to=inviter, context=context, cause=f"invitation {invitation.pk}")


def tell_place(membership: Membership, *, actor: Any, reason: str) -> None:
    """Tell a person that somebody else changed her role in an authority, or ended her place there."""
    person = membership.member.account
    if person == actor:
        return
    context = {
        "authority": membership.authority.own_name,
        "change": "ended" if membership.left_on else str(membership.role),
        "reason": reason,
        "url": address_of("desk:home", person.language),
    }
    queue("network.place", to=person, context=context)


def tell_standing(authority: Authority, *, reason: str) -> None:
    """Tell an authority's people that it was suspended or is active again."""
    places = Membership.objects.current().filter(authority=authority, member__account__is_active=True)
    for place in places.select_related("member__account"):
        person = place.member.account
        context = {
            "authority": authority.own_name,
            "is_suspended": authority.status == Authority.Status.SUSPENDED,
            "reason": reason,
            "url": address_of("desk:home", person.language),
        }
        queue("network.standing", to=person, context=context)


def tell_without_author(authority: Authority) -> None:
    """Tell the coordinators that nobody writes for an authority any more."""
    url = absolute(reverse("admin:network_authority_change", args=[authority.pk]))
    for coordinator in people_with(COORDINATOR):
        queue("network.without_author", to=coordinator, context={"authority": authority.own_name, "url": url})


def address_of(name: str, language: str, *args: Any) -> str:
    """The whole address of one of our pages in a language."""
    with override(language):
        return absolute(reverse(name, args=args))
