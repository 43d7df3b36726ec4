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
from network.models import Application, Invitation

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
