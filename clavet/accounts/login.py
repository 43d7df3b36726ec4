"""The log-in form of the admin: the same answer for a wrong password and an unknown address, and a pause after many."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clavet.accounts import throttle


class ThrottledLoginForm(AdminAuthenticationForm):
    """Counts failures, and refuses even the right password while one has to wait."""

    def clean(self) -> dict[str, Any]:
        """Check the pause first: who guesses learns nothing while waiting."""
        email = self.cleaned_data.get("username", "")
        address = getattr(self.request, "client_address", "")
        if throttle.must_wait(email, address):
            raise ValidationError(_("Too many attempts. Please wait a quarter of an hour."), code="throttled")
        try:
            return super().clean()
        except ValidationError:
            throttle.remember_failure(email, address)
            raise
