"""Writing to a member without seeing her address: one function for each step, with its permission and its mail.

Either side shows the own address only by saying so. Visitors may write to whoever shows her name to everybody, once
they have confirmed their own address; they read answers through a link that each e-mail renews.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from clavet.accounts.models import User
from clavet.accounts.roles import COORDINATOR, is_coordinator, people_with
from clavet.mail.models import key_of
from clavet.mail.queueing import queue
from clavet.publishing.errors import NotAllowed, PublishingError, WrongState
from clavet.web.meta import absolute
from network import mails
from network.joining import Unusable, digest, new_token
from network.models import Conversation, Member, Refusal
from network.models.joining import HOLDS_FOR
from network.rules import may_see_people


class Refused(PublishingError):
    """The person takes no messages from this one."""


def may_see(user: Any, member: Member, *, is_contact: bool = False) -> bool:
    """Whether somebody sees a member's name: by her consent, and members that of a practice's contact (records.md,
    "Practice")."""
    if may_see_people(user):
        return is_contact or member.shows("name", to_members=True)
    return member.shows("name", to_members=False)


def can_be_reached(member: Member) -> bool:
    """Whether there is somebody to read it: an active account with a place in the network."""
    return Member.objects.in_network().filter(pk=member.pk).exists()


@transaction.atomic
def write(member: Member, *, writer: User | None, text: str, language: str, name: str = "", address: str = "",
          about: str = "", is_contact: bool = False, shows_address: bool = False) -> Conversation:  # fmt: skip
    """Begin a conversation. A visitor's waits until the address is confirmed. ``NotAllowed``; ``Refused``."""
    if not may_see(writer, member, is_contact=is_contact) or not can_be_reached(member):
        raise NotAllowed("network.write")
    if writer is not None and writer.pk == member.account_id:
        raise NotAllowed("network.write")
    if writer is not None and _is_refused(member, writer):
        raise Refused
    token, now = new_token(), timezone.now()
    conversation = Conversation.objects.create(
        member=member, writer=writer, writer_name=writer.name if writer else name,
        writer_address=writer.email if writer else address.strip().lower(), language=language, about_id=about or None,
        token_digest=digest(token), begun_at=now, confirmed_at=now if writer else None,
    )  # fmt: skip
    conversation.messages.create(text=text, from_member=False, at=now, shows_address=shows_address)
    if writer is not None:
        _tell(conversation)
    else:
        url = mails.address_of("people:confirm", language, token)
        queue("network.message_confirmation", to=conversation.writer_address, language=language,
              context={"name": name, "url": url})  # fmt: skip
    return conversation


def unconfirmed(token: str) -> Conversation:
    """The conversation that a link confirms; ``Unusable`` for a link that is unknown, used or older than 14 days."""
    found = Conversation.objects.filter(token_digest=digest(token), confirmed_at=None).first()
    if found is None or found.begun_at + HOLDS_FOR < timezone.now():
        raise Unusable
    return found


@transaction.atomic
def confirm(token: str) -> Conversation:
    """The address is the writer's: the message goes on its way. Of whom no messages are wanted it goes nowhere, and a
    visitor does not learn that. ``Unusable``."""
    Conversation.objects.select_for_update().filter(token_digest=digest(token)).first()
    conversation = unconfirmed(token)
    conversation.confirmed_at = timezone.now()
    conversation.save()
    if _is_refused(conversation.member, conversation.writer_address):
        conversation.delete()
    else:
        _tell(conversation)
    return conversation


def by_link(token: str) -> Conversation:
    """The conversation of a visitor who holds the link of the last e-mail; ``Unusable`` for everything else."""
    found = Conversation.objects.confirmed().filter(token_digest=digest(token), writer=None)
    conversation = found.select_related("member__account").first()
    if conversation is None:
        raise Unusable
    return conversation


@transaction.atomic
def answer(conversation: Conversation, *, actor: User | None, text: str, shows_address: bool = False) -> Conversation:
    """Go on with a conversation, as its member or its writer; ``actor`` is ``None`` for a visitor with the link.

    ``NotAllowed``; ``Refused`` where the member takes no more messages from the writer; ``WrongState`` where the other
    side has gone.
    """
    conversation = _locked(conversation, actor)
    from_member = actor is not None and actor.pk == conversation.member.account_id
    if not from_member and _is_refused(conversation.member, conversation.writer or conversation.writer_address):
        raise Refused
    if not conversation.member.account.is_active or (conversation.writer and not conversation.writer.is_active):
        raise WrongState("nobody would read it")
    conversation.messages.create(text=text, from_member=from_member, shows_address=shows_address)
    _tell(conversation)
    return conversation


@transaction.atomic
def report(conversation: Conversation, *, actor: User | None, reason: str) -> Conversation:
    """Show a conversation to the coordinators, who are told. ``NotAllowed``."""
    conversation = _locked(conversation, actor)
    conversation.reported_at, conversation.reported_why = timezone.now(), reason
    conversation.handled_at = conversation.handled_by = None
    conversation.save()
    url = absolute(reverse("admin:network_conversation_change", args=[conversation.pk]))
    for coordinator in people_with(COORDINATOR):
        queue("network.message_reported", to=coordinator, context={"url": url})
    return conversation


@transaction.atomic
def refuse(conversation: Conversation, *, actor: User) -> None:
    """Take no more messages from the writer. For the member who was written to; ``NotAllowed``."""
    conversation = _locked(conversation, actor)
    if actor.pk != conversation.member.account_id:
        raise NotAllowed("network.refuse")
    Refusal.objects.get_or_create(
        member=conversation.member, sender=key_of(conversation.writer or conversation.writer_address)
    )


@transaction.atomic
def settle(conversation: Conversation, *, actor: User) -> Conversation:
    """A coordinator has dealt with what was reported. ``NotAllowed``, ``WrongState``."""
    if not is_coordinator(actor):
        raise NotAllowed("network.settle")
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if conversation.reported_at is None:
        raise WrongState("nobody has reported it")
    conversation.handled_at, conversation.handled_by = timezone.now(), actor
    conversation.save()
    return conversation


def forget_old(now: datetime.datetime | None = None) -> int:
    """Erase conversations that are long over, and those that were never confirmed. Returns how many."""
    old = list(Conversation.objects.past_retention(now or timezone.now()).values_list("pk", flat=True))
    Conversation.objects.filter(pk__in=old).delete()
    return len(old)


def is_refused(conversation: Conversation) -> bool:
    """Whether its member takes no more messages from its writer."""
    return _is_refused(conversation.member, conversation.writer or conversation.writer_address)


def _is_refused(member: Member, sender: User | str) -> bool:
    return Refusal.objects.filter(member=member, sender=key_of(sender)).exists()


def _locked(conversation: Conversation, actor: User | None) -> Conversation:
    """The row, locked; ``NotAllowed`` for whoever takes no part in it. Without an account one holds the link, which
    the view has checked."""
    found = Conversation.objects.select_for_update(of=("self",)).select_related("member__account", "writer")
    conversation = found.get(pk=conversation.pk)
    sides = {conversation.member.account_id, conversation.writer_id}
    if (actor is None and conversation.writer_id is not None) or (actor is not None and actor.pk not in sides):
        raise NotAllowed("network.conversation")
    return conversation


def _tell(conversation: Conversation) -> None:
    """Send the last message to the other side, with a link to the page where it is answered."""
    letter = conversation.messages.last()
    person = conversation.member.account
    writer = conversation.writer or conversation.writer_address
    to, language = (writer, conversation.language) if letter.from_member else (person, person.language)
    if isinstance(to, User):
        language, url = to.language, mails.address_of("network:conversation", to.language, conversation.pk)
    else:
        token = new_token()
        conversation.token_digest = digest(token)
        conversation.save(update_fields=["token_digest"])
        url = mails.address_of("people:conversation", language, token)
    own = person.email if letter.from_member else conversation.writer_address
    context = {
        "name": person.name if letter.from_member else conversation.writer_name,
        "about": conversation.about_id or "",
        "text": letter.text,
        "address": own if letter.shows_address else "",
        "is_answer": "yes" if conversation.messages.count() > 1 else "",
        "url": url,
    }
    queue("network.message", to=to, language=language, context=context)
