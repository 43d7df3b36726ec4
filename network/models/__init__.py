"""Authorities, the persons who act in them, and how these come in."""

from network.models.authorities import Authority, AuthorityQuerySet
from network.models.contacting import Conversation, Letter, Refusal
from network.models.joining import Application, Invitation, JoiningLog
from network.models.members import Consent, Member, Membership
from network.models.words import NameWord

__all__ = [
    "Application",
    "Authority",
    "AuthorityQuerySet",
    "Consent",
    "Conversation",
    "Invitation",
    "JoiningLog",
    "Letter",
    "Member",
    "Membership",
    "NameWord",
    "Refusal",
]
