"""Erasing e-mails that have been kept long enough."""

from __future__ import annotations

import datetime

from django.utils import timezone

from clavet.mail.models import Email, State


def forget_old(now: datetime.datetime | None = None) -> int:
    """Erase what is past its retention period; how many. Of an e-mail with a cause the bare fact stays that it was
    sent, without text and address, so that it is never sent again."""
    old = Email.objects.past_retention(now or timezone.now())
    emptied = dict.fromkeys(("address", "subject", "text", "html", "url", "stop_url", "last_error"), "")
    erased, _by_model = old.filter(cause="").delete()
    return erased + old.exclude(cause="").update(state=State.ERASED, **emptied)
