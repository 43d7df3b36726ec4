"""Who is writing in a text right now: a courtesy among colleagues, not a lock; what is saved is guarded elsewhere."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from practices.models.cases import Case


class Hold(models.Model):
    """The colleague who has a case open. It ends by itself soon after the last sign of her."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="hold")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("seen at"))

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")

    def __str__(self) -> str:
        return f"{self.case}, {self.person}"
