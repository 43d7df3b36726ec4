"""Mail backends that end their process, or refuse, at the worst moment."""

from __future__ import annotations

import os
import signal
import smtplib
from pathlib import Path
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend

from clavet.mail.backends import FolderBackend


def die() -> None:
    """What ``kill -9`` does."""
    os.kill(os.getpid(), signal.SIGKILL)


class KilledBefore(FolderBackend):
    """Claimed, and never sent."""

    def send_messages(self, email_messages: list[Any]) -> int:
        die()
        return 0


class KilledWithin(FolderBackend):
    """Half of it is in the folder."""

    def send_messages(self, email_messages: list[Any]) -> int:
        folder = Path(self.folder)
        folder.mkdir(parents=True, exist_ok=True)
        name = email_messages[0].message()["Message-ID"].strip("<>")
        (folder / f".{name}.eml.unfinished").write_text("Subject: half of")
        die()
        return 0


class KilledAfter(FolderBackend):
    """Sent, and not written down."""

    def send_messages(self, email_messages: list[Any]) -> int:
        super().send_messages(email_messages)
        die()
        return 0


class Failing(BaseEmailBackend):
    """Fails with ``error``; counts the attempts."""

    error: Exception = smtplib.SMTPServerDisconnected("gone")
    asked = 0

    def send_messages(self, email_messages: list[Any]) -> int:
        Failing.asked += 1
        raise Failing.error
