"""A person's own data: to take along, and to have erased."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from clavet.accounts import own_data
from clavet.desk.access import for_members
from clavet.desk.forms import Erase
from clavet.web.meta import Meta


@for_members
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What there is, and what can be done with it."""
    return render(request, "desk/own_data.html", {"meta": Meta(title=f"{_('Your data')} · CLAVET", noindex=True)})


@for_members
@reauthentication_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """All of it in one file that machines read, too."""
    answer = JsonResponse(own_data.export(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="clavet-my-data.json"'
    return answer


@for_members
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """The question whether one is sure, and the end of the account."""
    form = Erase(request.POST or None, address=request.user.email)
    if request.method == "POST" and form.is_valid():
        user = request.user
        logout(request)
        own_data.erase(user)
        return redirect("desk:erased")
    context = {"form": form, "meta": Meta(title=f"{_('Erase the account')} · CLAVET", noindex=True)}
    return render(request, "desk/erase.html", context, status=400 if form.errors else 200)


@never_cache
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """A last word."""
    return render(
        request, "desk/erased.html", {"meta": Meta(title=f"{_('Your account is erased')} · CLAVET", noindex=True)}
    )
