"""Members: persons who act in one or more authorities, and what of themselves they show to whom."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from network.models.authorities import Authority


class Consent(models.TextChoices):
    """Who may see a detail of a person."""

    HIDDEN = "hidden", pgettext_lazy("who sees it", "nobody")
    MEMBERS = "members", pgettext_lazy("who sees it", "members")
    PUBLIC = "public", pgettext_lazy("who sees it", "everybody")


class MemberQuerySet(models.QuerySet["Member"]):
    """What can be asked of members."""

    def in_network(self) -> MemberQuerySet:
        """Those with an account that works and a place in an authority of the network."""
        places = Membership.objects.current().filter(
            member=models.OuterRef("pk"), authority__status=Authority.Status.MEMBER
        )
        return self.filter(models.Exists(places), account__is_active=True)

    def shown_to_members(self) -> MemberQuerySet:
        """Those of them who let members see their names."""
        return self.in_network().exclude(name_shown=Consent.HIDDEN)

    def naming(self, column: str, value: str) -> MemberQuerySet:
        """Those whose list in ``column`` holds ``value``. The text is asked, because SQLite cannot look into a list."""
        return self.annotate(**{f"{column}_text": Cast(column, models.TextField())}).filter(
            **{f"{column}_text__contains": f'"{value}"'}
        )


class Member(models.Model):
    """The person behind an account, as the network knows her (records.md, "Member")."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="member")
    languages = models.JSONField(_("languages"), default=list, blank=True)
    topics = models.JSONField(_("topics of expertise"), default=list, blank=True)
    about = models.TextField(_("about"), max_length=600, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    name_shown = models.CharField(_("name shown to"), max_length=10, choices=Consent, default=Consent.MEMBERS)
    email_shown = models.CharField(_("e-mail address shown to"), max_length=10, choices=Consent, default=Consent.HIDDEN)
    phone_shown = models.CharField(_("telephone shown to"), max_length=10, choices=Consent, default=Consent.HIDDEN)
    takes_requests = models.BooleanField(_("available for rapid response"), default=False)
    requests_at_once = models.PositiveSmallIntegerField(
        _("at most so many requests at once"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    is_example = models.BooleanField(_("invented example"), default=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        return str(self.account)

    def shows(self, detail: str, *, to_members: bool) -> bool:
        """Whether a detail (``name``, ``email``, ``phone``) is for whoever looks: members, or everybody."""
        consent = getattr(self, f"{detail}_shown")
        return consent == Consent.PUBLIC or (to_members and consent == Consent.MEMBERS)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """What can be asked of memberships."""

    def current(self) -> MembershipQuerySet:
        """Those that have not ended."""
        return self.filter(left_on=None)

    def authors(self) -> MembershipQuerySet:
        """Those that let somebody write for the authority: the role alone does not, if the account is closed."""
        return self.filter(role=Membership.Role.AUTHOR, member__account__is_active=True)


class Membership(models.Model):
    """A member's place in one authority. It ends with a day, and is not deleted: drafts and logs point to it."""

    class Role(models.TextChoices):
        """What a member may do in the name of an authority (records.md, "Roles")."""

        MEMBER = "member", _("member")
        AUTHOR = "author", _("author")

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships", verbose_name=_("member"))
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="memberships", verbose_name=_("authority"))
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    joined_on = models.DateField(_("joined on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "authority"], condition=models.Q(left_on=None), name="one_current_membership"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.authority}"
