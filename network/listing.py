"""What of the network lies on somebody's desk."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from clavet.accounts.roles import is_coordinator
from clavet.desk.blocks import Block, Row
from network.models import Application, Conversation, Invitation, Membership
from network.rules import is_author_for, may_invite_at_all, places_of

# So many colleagues are named on the desk; a large authority has a page of its own.
MOST = 20


def invitations_of(user: Any) -> QuerySet[Invitation]:
    """The waiting invitations that somebody may see: an author those of the own authority, a coordinator all."""
    waiting = Invitation.objects.waiting().select_related("authority")
    if is_coordinator(user):
        return waiting
    own = [key for key, role in places_of(user).items() if role == Membership.Role.AUTHOR]
    return waiting.filter(Q(authority__in=own) & Q(roles=[]))


def own_authorities(user: Any) -> Block | None:
    """The authorities in which somebody has a place, and the colleagues there."""
    if not places_of(user):
        return None
    places = Membership.objects.current().filter(authority__in=places_of(user))
    places = places.select_related("member__account", "authority").order_by("authority__own_name", "joined_on", "pk")
    places = list(places[:MOST])
    own = [key for key, role in places_of(user).items() if role == Membership.Role.AUTHOR]
    written = {place.authority for place in places if is_author_for(user, place.authority)}
    rows = [
        Row(
            title=authority.own_name,
            url=reverse("network:authority", args=[authority.code_id]),
            what=_("what it says of itself in the directory"),
            lang=authority.own_language,
        )
        for authority in sorted(written, key=lambda authority: authority.code_id)
    ] + [
        Row(
            title=place.member.account.name,
            url=reverse("network:people", args=[place.authority.code_id]) if place.authority_id in own else "",
            what=f"{place.authority.own_name} · {place.get_role_display()}",
            since=place.joined_on,
        )
        for place in places
    ]
    code = next((place.authority.code_id for place in places if place.authority_id in own), "")
    return Block(
        _("My authority"),
        rows,
        url=reverse("network:people", args=[code]) if code else "",
        url_label=_("Invite a colleague") if code else "",
    )


def unanswered(user: Any) -> Block | None:
    """The conversations in which the other side wrote last."""
    rows = [
        Row(
            title=found.writer_name if found.member.account_id == user.pk else found.member.account.name,
            url=reverse("network:conversation", args=[found.pk]),
            since=found.last_at,
            tone="act",
        )
        for found in Conversation.objects.of(user).unanswered_by(user).select_related("member__account")[:MOST]
    ]
    return Block(_("Messages to answer"), rows) if rows else None


def waiting_invitations(user: Any) -> Block | None:
    """The invitations that somebody has sent and that nobody has accepted."""
    if not may_invite_at_all(user):
        return None
    rows = [
        Row(
            title=invitation.address,
            url=reverse("network:invitations"),
            what=_("waits to be accepted") if invitation.is_open() else _("has expired"),
            since=invitation.sent_at,
            tone="portal" if invitation.is_open() else "act",
        )
        for invitation in Invitation.objects.waiting().filter(invited_by=user).order_by("sent_at")[:MOST]
    ]
    return Block(gettext_lazy("Invitations"), rows) if rows else None


def waiting_applications(user: Any) -> Block | None:
    """For coordinators: who asks to join."""
    if not is_coordinator(user):
        return None
    found = Application.objects.filter(state=Application.State.RECEIVED).select_related("authority")
    rows = [
        Row(
            title=application.name,
            url=reverse("admin:network_application_change", args=[application.pk]),
            what=application.authority.own_name if application.authority else application.authority_name,
            since=application.confirmed_at,
            tone="act",
        )
        for application in found.order_by("confirmed_at")[:MOST]
    ]
    return Block(_("Applications that wait for a coordinator"), rows, empty=_("None is waiting."))
