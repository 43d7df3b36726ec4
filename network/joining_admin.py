"""Applications, invitations and the log of joining in the coordinators' admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from clavet.accounts.admin_access import ForCoordinators
from clavet.accounts.models import User
from clavet.publishing.fields import CodeField
from network import joining
from network.forms import OPEN
from network.models import Application, Authority, Invitation, JoiningLog, Membership

# So many others of the same domain are shown beside an application.
MOST = 10


class Decision(forms.ModelForm):
    """Approve or decline. The authority may be another than the applicant named."""

    CHOICES = (("", _("not yet")), ("approve", _("approve and invite")), ("decline", _("decline")))
    decision = forms.ChoiceField(label=_("decision"), choices=CHOICES, required=False)
    # A list of all authorities would be longer than the rest of the page; those of a like name are named beside it.
    place = CodeField(
        prefix="AU",
        label=_("authority"),
        required=False,
        help_text=_(
            "By its code, such as AU-0012. Without one, the authority that was applied for; "
            "a new one is made where it is not known."
        ),
    )
    why_so = forms.CharField(
        label=_("reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Of a decline the applicant gets to read it."),
    )

    class Meta:
        model = Application
        fields: list[str] = []

    def clean_place(self) -> Authority | None:
        """The authority with this code, if one can have a place in it."""
        code = self.cleaned_data["place"]
        found = Authority.objects.filter(code_id=code, status__in=OPEN).first()
        if code and found is None:
            raise ValidationError(CodeField.NONE, params={"code": code})
        return found

    def clean(self) -> dict[str, Any]:
        """A decline has a reason; what is decided stays so."""
        found = super().clean()
        if found.get("decision") and self.instance.state != Application.State.RECEIVED:
            raise ValidationError(_("This application is not waiting for a decision."))
        if found.get("decision") == "decline" and not found.get("why_so", "").strip():
            self.add_error("why_so", _("Please give the reason."))
        return found


@admin.register(Application)
class ApplicationAdmin(ForCoordinators, admin.ModelAdmin):
    """Who asks to join, with what is known beside it."""

    form = Decision
    list_display = ("sent_at", "name", "address", "wanted", "country", "state")
    list_filter = ("state", "country")
    search_fields = ("name", "address", "authority_name", "authority__own_name")
    list_select_related = ("authority",)
    readonly_fields = (
        "name", "address", "wanted", "country", "language", "why", "state", "sent_at", "confirmed_at", "known",
        "reason", "decided_by", "decided_at",
    )  # fmt: skip
    fields = (*readonly_fields, "decision", "place", "why_so")

    @admin.display(description=_("authority"))
    def wanted(self, application: Application) -> str:
        """The authority applied for, under its name."""
        return application.authority.own_name if application.authority else application.authority_name

    @admin.display(description=_("what is known"))
    def known(self, application: Application) -> SafeString | str:
        """The same address or domain among accounts, the same name among authorities."""
        domain = application.address.rpartition("@")[2]
        people = User.objects.filter(email__endswith=f"@{domain}").order_by("email")[:MOST]
        lines = [(f"{person.name} <{person.email}>",) for person in people]
        if application.authority_name:
            names = Q(own_name__icontains=application.authority_name)
            lines += [(f"{entry.own_name} ({entry.code_id})",) for entry in Authority.objects.filter(names)[:MOST]]
        if application.authority_id:
            places = (
                Membership.objects.current().filter(authority=application.authority).select_related("member__account")
            )
            lines += [(f"{application.authority.own_name}: {place.member}",) for place in places[:MOST]]
        return format_html_join("", "<div>{}</div>", lines) or "—"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Decide by the domain functions; without a decision nothing changes."""
        decision, reason = form.cleaned_data["decision"], form.cleaned_data["why_so"]
        if decision == "approve":
            joining.approve(obj, actor=request.user, authority=form.cleaned_data["place"], reason=reason)
            self.message_user(request, _("The applicant is invited."), messages.SUCCESS)
        elif decision == "decline":
            joining.decline(obj, actor=request.user, reason=reason)
            self.message_user(request, _("The applicant gets your answer."), messages.SUCCESS)


@admin.register(Invitation)
class InvitationAdmin(ForCoordinators, admin.ModelAdmin):
    """Invitations, as they were sent; new ones are sent from the desk."""

    list_display = ("sent_at", "address", "authority", "role", "expires_at", "accepted_at", "withdrawn_at")
    list_filter = ("language",)
    search_fields = ("address", "authority__own_name")
    list_select_related = ("authority",)
    fields = readonly_fields = (
        "address", "authority", "role", "roles", "language", "message", "invited_by", "sent_at", "expires_at",
        "accepted_at", "accepted_by", "withdrawn_at",
    )  # fmt: skip


@admin.register(JoiningLog)
class JoiningLogAdmin(ForCoordinators, admin.ModelAdmin):
    """What was done, by whom and why. Nobody edits it."""

    list_display = ("at", "action", "actor", "address", "authority", "reason")
    list_filter = ("action",)
    search_fields = ("address", "authority__own_name")
    list_select_related = ("authority", "actor")
    fields = readonly_fields = ("at", "action", "actor", "address", "authority", "details", "reason")
