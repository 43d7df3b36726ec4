"""What the environment says, read once, with its defaults. Operators set these; see docs/operators.md."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parent.parent.parent


def data_directory() -> Path:
    """Where database, media and the secret live: ``CLAVET_DATA``, relative to the project; ``var/`` by default."""
    return (PROJECT / os.environ.get("CLAVET_DATA", "var")).resolve()


def names(variable: str) -> list[str]:
    """The comma-separated values of an environment variable, without blanks."""
    return [item.strip() for item in os.environ.get(variable, "").split(",") if item.strip()]


def is_on(variable: str) -> bool:
    """Whether a switch is on: it is, unless it is set to ``0``."""
    return os.environ.get(variable, "1").strip() != "0"


def site_url() -> str:
    """The address under which the public reaches the portal, without a slash at its end."""
    port = os.environ.get("PORT", "8000")
    return os.environ.get("SITE_URL", f"http://localhost:{port}").rstrip("/")


def allowed_hosts() -> list[str]:
    """``ALLOWED_HOSTS``, or this machine and the host of ``SITE_URL``."""
    hosts = names("ALLOWED_HOSTS")
    if hosts:
        return hosts
    own = urlsplit(site_url()).hostname
    return sorted({"localhost", "127.0.0.1", "[::1]"} | ({own} if own else set()))


def openid_connect() -> dict[str, Any] | None:
    """The provider of log-ins named by ``OIDC_URL``, ``OIDC_CLIENT_ID``, ``OIDC_SECRET`` and ``OIDC_NAME``, as allauth
    wants it; ``None`` where none is named. ``ValueError`` for one that is named by half."""
    url, client, secret = (os.environ.get(f"OIDC_{name}", "").strip() for name in ("URL", "CLIENT_ID", "SECRET"))
    if not url:
        return None
    if not client:
        raise ValueError("OIDC_URL is set, and OIDC_CLIENT_ID is not")
    name = os.environ.get("OIDC_NAME", "").strip() or urlsplit(url).hostname
    return {
        "provider_id": "oidc",
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": url},
    }


def secret_key() -> str:
    """``SECRET_KEY``, or the one kept in the data directory, made on first use and readable by its owner only."""
    given = os.environ.get("SECRET_KEY")
    if given:
        return given
    path = data_directory() / "secret-key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        key = secrets.token_urlsafe(50)
        stream.write(key)
    return key
