"""Pages of joining: accepting an invitation, asking to join, inviting."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clavet.desk.access import for_members
from clavet.publishing.errors import NotAllowed, WrongState
from clavet.web.crumbs import crumbs
from clavet.web.meta import Meta, absolute, in_all_languages
from network import joining
from network.forms import Accept, Apply, Invite
from network.joining import HasAccount, Unusable
from network.listing import invitations_of
from network.models import Invitation
from network.rules import may_invite_at_all


def unusable(request: HttpRequest) -> HttpResponse:
    """410: the link no longer works, and how to get a new one. The same page whatever the reason."""
    return render(request, "network/unusable.html", {"meta": head(_("This link no longer works"))}, status=410)


def head(title: str) -> Meta:
    """The head of a page that search engines should leave alone."""
    return Meta(title=f"{title} · CLAVET", noindex=True)


# ---------------------------------------------------------------- accepting


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation: who invites whom to what, and the form that accepts it."""
    try:
        invitation = joining.invitation_for(token)
    except Unusable:
        return unusable(request)
    if request.user.is_authenticated:
        return _accept_as(request, token, invitation)
    if joining.has_account(invitation):
        return _page(request, invitation, step="login")
    form = Accept(request.POST or None, address=invitation.address)
    if request.method != "POST" or not form.is_valid():
        return _page(request, invitation, step="new", form=form, status=400 if form.errors else 200)
    try:
        account = joining.accept_invitation(token, **form.cleaned_data, language=get_language())
    except (Unusable, HasAccount):
        return unusable(request)
    # Whoever has just chosen the password need not type it again.
    record_authentication(request, account, method="password", email=account.email)
    return perform_login(request, Login(user=account, email=account.email, signup=True))


def _accept_as(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """Somebody is logged in: as the person invited, or as another."""
    if request.user.email != invitation.address:
        return _page(request, invitation, step="other", status=403)
    if request.method != "POST":
        return _page(request, invitation, step="account")
    try:
        joining.accept_invitation(token, account=request.user)
    except Unusable:
        return unusable(request)
    messages.success(request, _("You have accepted the invitation."))
    return redirect("desk:home")


def _page(request: HttpRequest, invitation: Invitation, *, step: str, form: Any = None, status: int = 200) -> Any:
    context = {"invitation": invitation, "step": step, "form": form, "meta": head(_("You are invited"))}
    return render(request, "network/invitation.html", context, status=status)


# ---------------------------------------------------------------- asking


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """The form by which one asks to join. Its answer is the same for every address."""
    form = Apply(request.POST or None)
    if request.method == "POST" and form.is_valid():
        limited = ratelimit.consume_or_429(request, action="apply")
        if limited:
            return limited
        fields = {name: value for name, value in form.cleaned_data.items() if name != "website"}
        # More than a few a day to one address would be a way to pester somebody.
        if not form.is_from_a_program and ratelimit.consume(request, action="apply_address", key=fields["address"]):
            joining.apply(**fields, language=get_language())
        return redirect("join:sent")
    heading = _("Join CLAVET")
    context = {
        "form": form,
        "heading": heading,
        "intro": _("Municipalities, provinces, regions and those who work with them on education can join."),
        "breadcrumbs": crumbs(heading),
        "meta": Meta(
            title=f"{heading} · CLAVET",
            description=_("How a local authority becomes part of the network."),
            canonical=absolute(request.path),
            alternates=in_all_languages(request.path),
        ),
    }
    return render(request, "contact/form.html", context, status=400 if form.errors else 200)


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    context = {"breadcrumbs": crumbs((_("Join CLAVET"), reverse("join:apply")), _("Sent")), "meta": head(_("Sent"))}
    return render(request, "network/applied.html", {**context, "step": "sent"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirms the address of an application; a GET changes nothing, because mail servers open links, too."""
    try:
        if request.method == "POST":
            joining.confirm_application(token)
            return redirect("join:received")
        application = joining.application_for(token)
    except Unusable:
        return unusable(request)
    context = {"address": application.address, "step": "confirm", "meta": head(_("Confirm your e-mail address"))}
    return render(request, "network/applied.html", context)


@never_cache
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """Thanks."""
    return render(request, "network/applied.html", {"step": "received", "meta": head(_("Thank you"))})


# ---------------------------------------------------------------- inviting


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest) -> HttpResponse:
    """The invitations that somebody may see, and the form for another."""
    if not may_invite_at_all(request.user):
        raise NotAllowed("network.invite")
    form = Invite(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        limited = ratelimit.consume_or_429(request, action="invite")
        if limited:
            return limited
        joining.invite(actor=request.user, **form.cleaned_data)
        messages.success(request, _("The invitation is on its way."))
        return redirect("network:invitations")
    context = {
        "form": form,
        "invitations": invitations_of(request.user),
        "meta": head(_("Invitations")),
    }
    return render(request, "network/invitations.html", context, status=400 if form.errors else 200)


@for_members
@require_POST
def invitation_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Send an invitation again, or take it back."""
    invitation = get_object_or_404(invitations_of(request.user), pk=pk)
    try:
        if step == "renew":
            limited = ratelimit.consume_or_429(request, action="invite")
            if limited:
                return limited
            joining.renew(invitation, actor=request.user)
            messages.success(request, _("The invitation is on its way."))
        else:
            joining.withdraw_invitation(invitation, actor=request.user)
            messages.success(request, _("The invitation is withdrawn."))
    except WrongState:
        messages.error(request, _("The invitation was accepted or withdrawn meanwhile."))
    return redirect("network:invitations")
