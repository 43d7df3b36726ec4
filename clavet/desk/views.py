"""The desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clavet.desk.access import for_members
from clavet.desk.blocks import blocks_for
from clavet.web.meta import Meta


@for_members
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, what the person waits for, and what can be done."""
    context = {
        "blocks": blocks_for(request.user),
        "meta": Meta(title=f"{_('My desk')} · CLAVET", noindex=True),
    }
    return render(request, "desk/home.html", context)
