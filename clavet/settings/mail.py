"""Where e-mail goes, as ``MAIL_URL`` says."""

from __future__ import annotations

import os
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FORMS = "file:///folder, smtp://user:password@host:587?tls=starttls or smtps://user:password@host"


@dataclass(frozen=True)
class Mail:
    """A folder, or a mail server."""

    backend: str = "clavet.mail.backends.FolderBackend"
    folder: Path | None = None
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False

    def __str__(self) -> str:
        """Where it goes, for the operator; no password."""
        return str(self.folder) if self.folder else f"{self.host}, port {self.port}"


def from_environment(data: Path) -> Mail:
    """What ``MAIL_URL`` says; the folder ``mail`` of the data directory where it says nothing."""
    address = os.environ.get("MAIL_URL", "").strip()
    return from_url(address) if address else Mail(folder=data / "mail")


def from_url(address: str) -> Mail:
    """What an address says. ``ImproperlyConfigured`` for one that is wrong; its password is in no message."""
    try:
        parts = urlsplit(address)
        port = parts.port
        options = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError as error:
        raise wrong("it cannot be read as an address") from error
    if parts.scheme == "file":
        if parts.netloc or not parts.path.strip("/") or options:
            raise wrong("a folder is written file:///absolute/path")
        return Mail(folder=Path(unquote(parts.path)))
    if parts.scheme not in ("smtp", "smtps"):
        raise wrong("it begins with none of file:, smtp: and smtps:")
    return _server(parts, port, options)


def _server(parts: SplitResult, port: int | None, options: dict[str, list[str]]) -> Mail:
    """A mail server; on the port that is usual for how it is spoken to, unless another one is named."""
    if not parts.hostname:
        raise wrong("it names no host")
    if parts.path.strip("/"):
        raise wrong("nothing may follow the host and its port but ?tls=starttls")
    tls = parts.scheme == "smtps"
    starttls = options == {"tls": ["starttls"]}
    if options and (tls or not starttls):
        raise wrong("the only option is tls=starttls, and only with smtp:")
    return Mail(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=port or (465 if tls else 587 if starttls else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=starttls,
        tls=tls,
    )


def wrong(reason: str) -> ImproperlyConfigured:
    """What to raise for a ``MAIL_URL`` that does not do."""
    return ImproperlyConfigured(f"MAIL_URL is wrong: {reason}. It is one of {FORMS}.")


def sender(site_url: str) -> str:
    """Whom e-mails are from: ``MAIL_FROM``, or an address at the host of the portal that nobody reads."""
    given = os.environ.get("MAIL_FROM", "").strip()
    if not given:
        return f"CLAVET <noreply@{urlsplit(site_url).hostname or 'localhost'}>"
    if "@" not in parseaddr(given)[1] or "\n" in given:
        raise ImproperlyConfigured(
            "MAIL_FROM is wrong: it holds no e-mail address, such as CLAVET <portal@example.org>."
        )
    return given
