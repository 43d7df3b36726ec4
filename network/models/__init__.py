"""Authorities, the persons who act in them, and what states they go through."""

from network.models.authorities import Authority, AuthorityQuerySet
from network.models.members import Consent, Member, Membership

__all__ = ["Authority", "AuthorityQuerySet", "Consent", "Member", "Membership"]
