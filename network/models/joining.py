"""How people come into the network: invitations, applications, and the log of both."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from django_countries.fields import CountryField

from clavet.languages import LANGUAGES
from clavet.publishing.models.append_only import AppendOnly
from network.models.authorities import Authority
from network.models.members import Membership

HOLDS_FOR = datetime.timedelta(days=14)
ACCOUNT = {"to": settings.AUTH_USER_MODEL, "on_delete": models.SET_NULL, "null": True, "blank": True}


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """What can be asked of invitations."""

    def waiting(self) -> InvitationQuerySet:
        """Those that nobody has accepted or withdrawn, expired or not."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def open(self, now: datetime.datetime | None = None) -> InvitationQuerySet:
        """Those that can still be accepted."""
        return self.waiting().filter(expires_at__gt=now or timezone.now())


class Invitation(models.Model):
    """An invitation to one address. Its link holds a token, of which only the digest is kept."""

    address = models.EmailField(_("e-mail address"))
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name=_("authority")
    )
    role = models.CharField(
        _("role in the authority"), max_length=10, choices=Membership.Role.choices, default=Membership.Role.MEMBER
    )
    roles = models.JSONField(_("further roles"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    message = models.TextField(_("message"), max_length=1000, blank=True)
    invited_by = models.ForeignKey(**ACCOUNT, related_name="+", verbose_name=_("invited by"))
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("holds until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(**ACCOUNT, related_name="+", verbose_name=_("accepted by"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at"]
        indexes = [models.Index(fields=["address", "authority"], name="invitation_by_address")]

    def __str__(self) -> str:
        return self.address

    @property
    def is_waiting(self) -> bool:
        """Whether it has neither been accepted nor withdrawn."""
        return self.accepted_at is None and self.withdrawn_at is None

    def is_open(self, now: datetime.datetime | None = None) -> bool:
        """Whether it can still be accepted."""
        return self.is_waiting and self.expires_at > (now or timezone.now())


class Application(models.Model):
    """Somebody asks to join. It waits for a coordinator once the address is confirmed."""

    class State(models.TextChoices):
        """Where it stands."""

        UNCONFIRMED = "unconfirmed", pgettext_lazy("state of an application", "address not confirmed")
        RECEIVED = "received", pgettext_lazy("state of an application", "received")
        APPROVED = "approved", pgettext_lazy("state of an application", "approved")
        DECLINED = "declined", pgettext_lazy("state of an application", "declined")

    name = models.CharField(_("name"), max_length=150)
    address = models.EmailField(_("e-mail address"))
    authority = models.ForeignKey(Authority, models.PROTECT, null=True, blank=True, verbose_name=_("authority"))
    authority_name = models.CharField(_("name of the authority"), max_length=200, blank=True)
    country = CountryField(_("country"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    why = models.TextField(_("why"), max_length=2000)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent"))
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(**ACCOUNT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    invitation = models.OneToOneField(
        Invitation, models.SET_NULL, null=True, blank=True, related_name="application", verbose_name=_("invitation")
    )

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.name}, {self.authority or self.authority_name}"


class JoiningLog(AppendOnly):
    """One step of somebody's way into, within or out of the network. It is only ever added to."""

    class Action(models.TextChoices):
        """What was done."""

        INVITED = "invited", _("invited")
        RENEWED = "renewed", _("invitation renewed")
        WITHDRAWN = "withdrawn", _("invitation withdrawn")
        ACCEPTED = "accepted", _("invitation accepted")
        APPLIED = "applied", _("applied")
        CONFIRMED = "confirmed", _("address confirmed")
        APPROVED = "approved", _("application approved")
        DECLINED = "declined", _("application declined")
        ROLE_CHANGED = "role_changed", _("role changed")
        LEFT = "left", _("left")
        SUSPENDED = "suspended", _("authority suspended")
        RESUMED = "resumed", _("suspension ended")

    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(**ACCOUNT, related_name="+", verbose_name=_("who"))
    action = models.CharField(_("action"), max_length=12, choices=Action.choices)
    address = models.EmailField(_("e-mail address"), blank=True)
    authority = models.ForeignKey(Authority, models.PROTECT, null=True, verbose_name=_("authority"))
    details = models.JSONField(_("details"), default=dict)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("entry in the log of joining")
        verbose_name_plural = _("log of joining")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.at:%Y-%m-%d}"
