"""Carrying out what somebody asked for, and saying how it went."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from clavet.publishing.errors import NotAllowed, PublishingError


def told(request: HttpRequest, action: Callable[[], Any], success: str = "", *, forbidden: str = "") -> bool:
    """Do it, and say ``success``; where it was refused, the person is told why, by ``forbidden`` where that was a
    matter of permission. Returns whether it was done."""
    try:
        action()
    except PublishingError as error:
        quicker = _("This cannot be done any more: somebody may have been quicker.")
        messages.error(request, forbidden if forbidden and isinstance(error, NotAllowed) else quicker)
    else:
        if success:
            messages.success(request, success)
        return True
    return False
