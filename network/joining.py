"""How one comes into the network, changes one's place there and leaves it. Each function is one transaction with its
permission, lock, log entry and mail; views, admin and commands call these and nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from clavet.accounts import roles as account_roles
from clavet.accounts.models import User
from clavet.accounts.roles import is_coordinator
from clavet.publishing import codes
from clavet.publishing.errors import NotAllowed, WrongState
from network import mails
from network.models import Application, Authority, Invitation, JoiningLog, Member, Membership
from network.models.joining import HOLDS_FOR
from network.rules import may_end, may_invite, may_manage

Action = JoiningLog.Action
CLOSED = (Authority.Status.SUSPENDED, Authority.Status.FORMER)


class Unusable(Exception):
    """The link is unknown, used, withdrawn or too old: whoever holds it learns no more than that."""


class HasAccount(Exception):
    """The address has an account: its owner logs in to accept."""


class LastAuthor(WrongState):
    """The authority would be left without an author: somebody has to take over, or to be told plainly."""


def digest(token: str) -> str:
    """What is kept of a token. It is long and random, so a plain hash gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """Something that nobody can guess."""
    return secrets.token_urlsafe(32)


def _log(action: str, *, actor: Any, address: str = "", authority: Authority | None = None, reason: str = "",
         **details: Any) -> None:  # fmt: skip
    JoiningLog.objects.create(
        at=timezone.now(), action=action, actor=actor, address=address, authority=authority, reason=reason,
        details=details,
    )  # fmt: skip


# ---------------------------------------------------------------- invitations


@transaction.atomic
def invite(
    *,
    actor: User,
    address: str,
    authority: Authority | None,
    role: str = Membership.Role.MEMBER,
    roles: Iterable[str] = (),
    language: str,
    message: str = "",
    reason: str = "",
) -> Invitation:
    """Invite an address to a place in an authority, with further roles or without an authority at all.

    An earlier invitation to the same place that still waits is withdrawn. ``NotAllowed``; ``WrongState`` for an
    authority that is suspended or has left.
    """
    address, roles = address.strip().lower(), sorted(set(roles))
    if authority is not None:
        authority = Authority.objects.select_for_update().get(pk=authority.pk)
    if not may_invite(actor, authority, roles):
        raise NotAllowed("network.invite")
    if authority is not None and authority.status in CLOSED:
        raise WrongState("the authority is not active in the network")
    now, token = timezone.now(), new_token()
    earlier = Invitation.objects.select_for_update().waiting().filter(address=address, authority=authority)
    for found in earlier:
        found.withdrawn_at = now
        found.save(update_fields=["withdrawn_at"])
    invitation = Invitation.objects.create(
        address=address, authority=authority, role=role, roles=roles, language=language, message=message.strip(),
        invited_by=actor, token_digest=digest(token), sent_at=now, expires_at=now + HOLDS_FOR,
    )  # fmt: skip
    _log(Action.INVITED, actor=actor, address=address, authority=authority, reason=reason, role=role, roles=roles)
    mails.send_invitation(invitation, token)
    return invitation


@transaction.atomic
def renew(invitation: Invitation, *, actor: User) -> Invitation:
    """Send a waiting invitation again, with a new link; the old one no longer works. ``NotAllowed``, ``WrongState``."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _check_own(invitation, actor)
    now, token = timezone.now(), new_token()
    invitation.token_digest, invitation.sent_at, invitation.expires_at = digest(token), now, now + HOLDS_FOR
    invitation.save()
    _log(Action.RENEWED, actor=actor, address=invitation.address, authority=invitation.authority)
    mails.send_invitation(invitation, token)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, actor: User, reason: str = "") -> Invitation:
    """Take a waiting invitation back. ``NotAllowed``, ``WrongState``."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _check_own(invitation, actor)
    invitation.withdrawn_at = timezone.now()
    invitation.save()
    _log(Action.WITHDRAWN, actor=actor, address=invitation.address, authority=invitation.authority, reason=reason)
    return invitation


def _check_own(invitation: Invitation, actor: User) -> None:
    """``NotAllowed`` unless one might invite so oneself; ``WrongState`` for one that no longer waits."""
    if not may_invite(actor, invitation.authority, invitation.roles):
        raise NotAllowed("network.invite")
    if not invitation.is_waiting:
        raise WrongState("the invitation was accepted or withdrawn")


def invitation_for(token: str) -> Invitation:
    """The open invitation behind a link; ``Unusable`` for everything else."""
    invitation = Invitation.objects.select_related("authority", "invited_by").filter(token_digest=digest(token)).first()
    if invitation is None or not hmac.compare_digest(invitation.token_digest, digest(token)):
        raise Unusable
    if not invitation.is_open() or (invitation.authority and invitation.authority.status in CLOSED):
        raise Unusable
    return invitation


def has_account(invitation: Invitation) -> bool:
    """Whether the invited address belongs to an account already."""
    return User.objects.filter(email=invitation.address).exists()


@transaction.atomic
def accept_invitation(
    token: str, *, account: User | None = None, name: str = "", password: str = "", language: str = ""
) -> User:
    """Accept an invitation: as the account of the invited address, or by making one.

    The link came by mail to that address, which counts as its confirmation. ``Unusable``; ``NotAllowed`` for another
    account; ``HasAccount`` where the address has an account and nobody is logged in.
    """
    # The row first: of two who accept at once, the second finds it used.
    Invitation.objects.select_for_update().filter(token_digest=digest(token)).first()
    invitation = invitation_for(token)
    if account is not None and account.email != invitation.address:
        raise NotAllowed("network.accept")
    if account is None:
        if has_account(invitation):
            raise HasAccount
        account = User.objects.create_user(
            invitation.address, password or None, name=name, language=language or invitation.language
        )
    EmailAddress.objects.update_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )
    member, _new = Member.objects.get_or_create(account=account, defaults={"languages": [account.language]})
    if invitation.authority:
        _take_place(member, invitation.authority, invitation.role)
    if invitation.roles:
        account_roles.give(account, invitation.roles)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), account
    invitation.save()
    _log(Action.ACCEPTED, actor=account, address=invitation.address, authority=invitation.authority,
         role=invitation.role, roles=invitation.roles)  # fmt: skip
    mails.tell_accepted(invitation)
    account.__dict__.pop("_places", None)
    return account


def _take_place(member: Member, authority: Authority, role: str) -> None:
    """Give a member a place in an authority, which by its first member becomes one of the network."""
    place, is_new = Membership.objects.current().get_or_create(
        member=member, authority=authority, defaults={"role": role, "joined_on": timezone.localdate()}
    )
    if not is_new and role == Membership.Role.AUTHOR:
        place.role = role
        place.save()
    if authority.status in (Authority.Status.LISTED, Authority.Status.APPLIED):
        authority.status, authority.joined_on = Authority.Status.MEMBER, timezone.localdate()
        authority.save()


# ---------------------------------------------------------------- applications


@transaction.atomic
def apply(*, name: str, address: str, authority: Authority | None, authority_name: str, country: str, language: str,
          why: str) -> Application:  # fmt: skip
    """Ask to join. The address gets a link by which it is confirmed; before that nobody reads the application."""
    token = new_token()
    application = Application.objects.create(
        name=name, address=address.strip().lower(), authority=authority, authority_name=authority_name,
        country=country, language=language, why=why, token_digest=digest(token), sent_at=timezone.now(),
    )  # fmt: skip
    _log(Action.APPLIED, actor=None, address=application.address, authority=authority)
    mails.send_confirmation(application, token)
    return application


def application_for(token: str) -> Application:
    """The application that a link confirms; ``Unusable`` for a link that is unknown, used or older than 14 days."""
    found = Application.objects.filter(token_digest=digest(token), state=Application.State.UNCONFIRMED).first()
    if found is None or found.sent_at + HOLDS_FOR < timezone.now():
        raise Unusable
    return found


@transaction.atomic
def confirm_application(token: str) -> Application:
    """The address is the applicant's; from now on the application waits for the coordinators. ``Unusable``."""
    Application.objects.select_for_update().filter(token_digest=digest(token)).first()
    application = application_for(token)
    application.state, application.confirmed_at = Application.State.RECEIVED, timezone.now()
    application.save()
    _log(Action.CONFIRMED, actor=None, address=application.address, authority=application.authority)
    mails.tell_coordinators(application)
    return application


def _to_decide(application: Application, actor: User) -> Application:
    if not is_coordinator(actor):
        raise NotAllowed("network.decide")
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.state != Application.State.RECEIVED:
        raise WrongState("the application is not waiting")
    application.decided_by, application.decided_at = actor, timezone.now()
    return application


@transaction.atomic
def approve(
    application: Application, *, actor: User, authority: Authority | None = None, reason: str = ""
) -> Invitation:
    """Let the applicant in: as an author of ``authority``, or of the one applied for, which is made where it is new.

    Sends an invitation. ``NotAllowed``, ``WrongState``.
    """
    application = _to_decide(application, actor)
    authority = authority or application.authority or _named_authority(application)
    application.state, application.reason, application.authority = Application.State.APPROVED, reason, authority
    _log(Action.APPROVED, actor=actor, address=application.address, authority=authority, reason=reason)
    application.invitation = invite(
        actor=actor, address=application.address, authority=authority, role=Membership.Role.AUTHOR,
        language=application.language,
    )  # fmt: skip
    application.save()
    return application.invitation


def _named_authority(application: Application) -> Authority:
    """The authority that an application names and that the network did not know."""
    return Authority.objects.create(
        code=codes.allot("AU"), status=Authority.Status.APPLIED, own_name=application.authority_name,
        own_language=application.language, country=application.country,
    )  # fmt: skip


@transaction.atomic
def decline(application: Application, *, actor: User, reason: str) -> Application:
    """Decline, with a reason that the applicant gets to read. ``NotAllowed``, ``WrongState``."""
    application = _to_decide(application, actor)
    if not reason.strip():
        raise WrongState("a decline has a reason")
    application.state, application.reason = Application.State.DECLINED, reason.strip()
    application.save()
    _log(Action.DECLINED, actor=actor, address=application.address, authority=application.authority, reason=reason)
    mails.send_decline(application)
    return application


# ---------------------------------------------------------------- places


@transaction.atomic
def change_role(membership: Membership, role: str, *, actor: User, reason: str = "") -> Membership:
    """Make a member an author of the authority, or the other way round; who did not do it herself is told.

    ``NotAllowed``, ``WrongState``; ``LastAuthor`` where nobody could go on with the authority's drafts.
    """
    membership = _locked(membership)
    if not may_manage(actor, membership):
        raise NotAllowed("network.change_role")
    before = membership.role
    if before == role:
        return membership
    if is_last_author(membership):
        raise LastAuthor("the authority would have no author")
    membership.role = Membership.Role(role)
    membership.save()
    _log(Action.ROLE_CHANGED, actor=actor, address=membership.member.account.email, authority=membership.authority,
         reason=reason, before=before, after=membership.role)  # fmt: skip
    mails.tell_place(membership, actor=actor, reason=reason)
    return membership


@transaction.atomic
def leave(membership: Membership, *, actor: User, reason: str = "", successor: Membership | None = None,
          even_if_last: bool = False) -> Membership:  # fmt: skip
    """End a place. Drafts are the authority's, so those who stay go on with what the member began there.

    ``NotAllowed``, ``WrongState``; ``LastAuthor`` unless a colleague becomes author as ``successor``, or the authority
    may be left without one, which coordinators then hear of.
    """
    membership = _locked(membership)
    if not may_end(actor, membership):
        raise NotAllowed("network.leave")
    if successor is not None:
        if successor.authority_id != membership.authority_id:
            raise WrongState("the successor has no place in this authority")
        change_role(successor, Membership.Role.AUTHOR, actor=actor, reason=reason)
    is_last = is_last_author(membership)
    if is_last and not even_if_last:
        raise LastAuthor("the authority would have no author")
    membership.left_on = timezone.localdate()
    membership.save()
    _log(Action.LEFT, actor=actor, address=membership.member.account.email, authority=membership.authority,
         reason=reason)  # fmt: skip
    mails.tell_place(membership, actor=actor, reason=reason)
    if is_last:
        mails.tell_without_author(membership.authority)
    actor.__dict__.pop("_places", None)
    return membership


def is_last_author(membership: Membership) -> bool:
    """Whether nobody else writes for the authority."""
    others = Membership.objects.current().authors().filter(authority_id=membership.authority_id)
    return membership.role == Membership.Role.AUTHOR and not others.exclude(pk=membership.pk).exists()


def _locked(membership: Membership) -> Membership:
    found = Membership.objects.select_for_update(of=("self",)).select_related("member__account", "authority")
    membership = found.get(pk=membership.pk)
    # The authority next: of two authors who go at once, the second finds herself the last.
    Authority.objects.select_for_update().get(pk=membership.authority_id)
    if membership.left_on is not None:
        raise WrongState("the place has ended")
    return membership


@transaction.atomic
def suspend(authority: Authority, *, actor: User, reason: str) -> Authority:
    """Suspend an authority: its members keep their accounts and lose what the place gave. ``NotAllowed``,
    ``WrongState``."""
    return _turn(authority, Authority.Status.MEMBER, Authority.Status.SUSPENDED, Action.SUSPENDED, actor, reason)


@transaction.atomic
def resume(authority: Authority, *, actor: User, reason: str = "") -> Authority:
    """End a suspension. ``NotAllowed``, ``WrongState``."""
    return _turn(authority, Authority.Status.SUSPENDED, Authority.Status.MEMBER, Action.RESUMED, actor, reason)


def _turn(authority: Authority, before: str, after: str, action: str, actor: User, reason: str) -> Authority:
    if not is_coordinator(actor):
        raise NotAllowed("network.suspend")
    if after == Authority.Status.SUSPENDED and not reason.strip():
        raise WrongState("a suspension has a reason")
    authority = Authority.objects.select_for_update().get(pk=authority.pk)
    if authority.status != before:
        raise WrongState(f"the authority is {authority.status}")
    authority.status = after
    authority.save()
    _log(action, actor=actor, authority=authority, reason=reason)
    mails.tell_standing(authority, reason=reason)
    return authority
