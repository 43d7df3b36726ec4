"""Who works for an authority, and how places there change and end; and how a person leaves."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clavet.desk.access import for_members
from clavet.publishing.errors import NotAllowed, WrongState
from network import joining
from network.forms import Ending, Invite
from network.joining import LastAuthor
from network.joining_views import head
from network.listing import invitations_of
from network.models import Authority, Membership
from network.rules import may_end, may_keep


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, code: str) -> HttpResponse:
    """The people of an authority, its open invitations, and the form for another. For its authors and coordinators."""
    authority = get_object_or_404(Authority, code_id=code)
    if not may_keep(request.user, authority):
        raise NotAllowed("network.people")
    form = Invite(request.POST or None, user=request.user, authority=authority)
    if request.method == "POST" and form.is_valid():
        limited = ratelimit.consume_or_429(request, action="invite")
        if limited:
            return limited
        try:
            joining.invite(actor=request.user, **form.cleaned_data)
            messages.success(request, _("The invitation is on its way."))
        except WrongState:
            messages.error(request, _("This authority is not active in the network at present."))
        return redirect("network:people", code)
    places = Membership.objects.current().filter(authority=authority).select_related("member__account")
    context = {
        "authority": authority,
        "places": places.order_by("member__account__name", "pk"),
        "roles": Membership.Role,
        "invitations": invitations_of(request.user).filter(authority=authority),
        "form": form,
        "meta": head(_("People of the authority")),
    }
    return render(request, "network/people_of_authority.html", context, status=400 if form.errors else 200)


@for_members
@require_POST
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Make somebody an author, or an author a member."""
    place = _place(request, pk)
    role = request.POST.get("role", "")
    if role in Membership.Role:
        try:
            joining.change_role(place, role, actor=request.user)
            messages.success(request, _("The role is changed."))
        except LastAuthor:
            messages.error(request, _("An authority needs an author: make somebody else an author first."))
        except WrongState:
            messages.error(request, _("This place has ended meanwhile."))
    return redirect("network:people", place.authority.code_id)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a place, one's own or another's, after a page that says what follows."""
    place = _place(request, pk)
    is_own = place.member.account_id == request.user.pk
    form = Ending(request.POST or None, place=place, is_own=is_own, is_last=joining.is_last_author(place))
    if request.method == "POST" and form.is_valid():
        try:
            _ended(request, place, form.cleaned_data, is_own=is_own)
            return redirect(_way_on(request, place))
        except LastAuthor:
            # Somebody else went in between; the page comes again with the question.
            form = Ending(None, place=place, is_own=is_own, is_last=True)
        except WrongState:
            messages.error(request, _("This place has ended meanwhile."))
            return redirect(_way_on(request, place))
    context = {"place": place, "is_own": is_own, "form": form, "meta": head(_("End a place"))}
    return render(request, "network/end_place.html", context, status=400 if form.errors else 200)


def _place(request: HttpRequest, pk: int) -> Membership:
    """A place that this person may end; ``Http404`` for another's, as for one that does not exist."""
    found = Membership.objects.current().select_related("member__account", "authority")
    place = get_object_or_404(found, pk=pk)
    if not may_end(request.user, place):
        raise NotAllowed("network.place")
    return place


def _ended(request: HttpRequest, place: Membership, answers: dict[str, Any], *, is_own: bool) -> None:
    joining.leave(
        place,
        actor=request.user,
        reason=answers.get("reason", ""),
        successor=answers.get("successor"),
        even_if_last=answers.get("without_author", False),
    )
    messages.success(
        request,
        _("You have left the authority. What you wrote there stays with it.") if is_own else _("The place has ended."),
    )


def _way_on(request: HttpRequest, place: Membership) -> str:
    """Back to the list, for whoever may still see it."""
    request.user.__dict__.pop("_places", None)
    if may_keep(request.user, place.authority):
        return reverse("network:people", args=[place.authority.code_id])
    return reverse("network:profile")
