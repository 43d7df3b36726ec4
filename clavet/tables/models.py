"""Tables that coordinators sent in: kept from the dry run to the button, then only what became of them."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# How long a table waits to be imported.
KEPT_FOR = datetime.timedelta(days=7)
ACCOUNT = {"to": settings.AUTH_USER_MODEL, "on_delete": models.SET_NULL, "null": True, "related_name": "+"}


class UploadQuerySet(models.QuerySet["Upload"]):
    """What can be asked of uploads."""

    def waiting(self) -> UploadQuerySet:
        """Those that have not been imported."""
        return self.filter(done_at=None)

    def past_retention(self, now: datetime.datetime) -> UploadQuerySet:
        """Those that nobody has imported in time."""
        return self.waiting().filter(uploaded_at__lt=now - KEPT_FOR)


class Upload(models.Model):
    """A table, and what became of it. Its content goes as soon as it is imported."""

    kind = models.CharField(_("kind"), max_length=20)
    name = models.CharField(_("file name"), max_length=120)
    content = models.BinaryField(editable=False)
    uploaded_by = models.ForeignKey(**ACCOUNT, verbose_name=_("sent in by"))
    uploaded_at = models.DateTimeField(_("sent in at"))
    done_by = models.ForeignKey(**ACCOUNT, verbose_name=_("imported by"))
    done_at = models.DateTimeField(_("imported at"), null=True)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("table")
        verbose_name_plural = _("tables")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
