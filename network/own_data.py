"""Member, places, invitations and messages, as a person's own data."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from clavet.accounts import own_data
from clavet.accounts.models import User
from clavet.mail.models import key_of
from network import joining
from network.models import Application, Conversation, Invitation, JoiningLog, Letter, Member, Membership, Refusal

PROFILE = (
    "languages", "topics", "about", "phone", "name_shown", "email_shown", "phone_shown", "takes_requests",
    "requests_at_once",
)  # fmt: skip


def export(user: User) -> dict[str, Any]:
    """All of it. What others wrote is theirs as well, but it was written to this person."""
    mine = Q(conversation__member__account=user) | Q(conversation__writer=user)
    letters = Letter.objects.filter(mine).values("conversation_id", "from_member", "text", "at", "shows_address")
    return {
        "profile": Member.objects.filter(account=user).values(*PROFILE).first(),
        "places": list(
            Membership.objects.filter(member__account=user).values(
                "authority__code_id", "authority__own_name", "role", "joined_on", "left_on"
            )
        ),
        "messages": list(letters),
        "invitations": list(
            Invitation.objects.filter(address=user.email).values("authority__own_name", "role", "sent_at", "message")
        ),
        "applications": list(
            Application.objects.filter(address=user.email).values("name", "authority_name", "why", "state", "sent_at")
        ),
        "log": list(
            JoiningLog.objects.filter(Q(actor=user) | Q(address=user.email)).values(
                "at", "action", "address", "authority__own_name", "reason"
            )
        ),
    }


def erase(user: User) -> None:
    """End the places, so that authorities and coordinators hear of it, and take the address out of what stays."""
    for place in Membership.objects.current().filter(member__account=user):
        joining.leave(place, actor=user, even_if_last=True)
    Conversation.objects.filter(writer=None, writer_address=user.email).delete()
    Refusal.objects.filter(sender__in=[key_of(user), key_of(user.email)]).delete()
    Application.objects.filter(address=user.email).delete()
    Invitation.objects.filter(address=user.email).delete()
    # The log is not edited, but for this: the law asks for it, and the step itself stays.
    JoiningLog.objects.filter(address=user.email).update(address="")


def register() -> None:
    """Make the part known."""
    own_data.register(own_data.Part("network", export, erase))
