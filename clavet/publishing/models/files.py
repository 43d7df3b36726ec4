"""Files of records, kept once each under the digest of their content."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


def stored_path(stored: StoredFile, name: str) -> str:
    """Where the file lies below the media directory: by its digest, never by a name that somebody chose."""
    return f"files/{stored.sha256[:2]}/{stored.sha256}"


class StoredFile(models.Model):
    """A file whose content was checked; kept as long as any version or revision names its digest."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    content = models.FileField(upload_to=stored_path, max_length=120)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=120)
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")

    def __str__(self) -> str:
        return self.sha256
