"""The page on which a person says who she is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, override
from django.views.decorators.http import require_http_methods

from clavet.desk.access import for_members
from network.forms import Profile
from network.joining_views import head
from network.models import Member, Membership


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, languages, topics, and consent detail by detail. The row comes with the first save."""
    member = Member.objects.filter(account=request.user).first() or Member(account=request.user)
    form = Profile(request.POST or None, instance=member)
    if request.method == "POST" and form.is_valid():
        form.save()
        with override(request.user.language):
            messages.success(request, _("Your profile is saved."))
            return redirect(reverse("network:profile"))
    places = Membership.objects.current().filter(member__account=request.user).select_related("authority")
    context = {"form": form, "places": places, "meta": head(_("Profile"))}
    return render(request, "network/profile.html", context, status=400 if form.errors else 200)
