"""The addresses that stand in e-mails: where to stop a message, and where to choose."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from clavet.web.meta import absolute

# No time limit: an e-mail must be stoppable for as long as somebody keeps it.
SIGNER = signing.Signer(salt="clavet.mail.stop")


class Stop(NamedTuple):
    """What a link to stop is about: whose message, as ``models.key_of`` writes the recipient, and which."""

    recipient: str
    name: str


def stop_url(recipient: str, name: str, language: str) -> str:
    """The full address at which ``recipient`` stops the message ``name``, without logging in."""
    token = SIGNER.sign_object([recipient, name])
    with override(language):
        return absolute(reverse("mail:stop", args=[token]))


def read_token(token: str) -> Stop | None:
    """What a token of ``stop_url`` says; nothing for one that we did not sign."""
    try:
        return Stop(*SIGNER.unsign_object(token))
    except signing.BadSignature:
        return None


def preferences_url(language: str) -> str:
    """The full address of the page of preferences."""
    with override(language):
        return absolute(reverse("mail:preferences"))


def host() -> str:
    """The host that the portal's Message-IDs name."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"
