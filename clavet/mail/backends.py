"""The mail folder: e-mails as files, for a portal that has no mail server yet."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes each e-mail into ``EMAIL_FILE_PATH`` as ``<Message-ID>.eml``. The same e-mail is the same file, so that a
    repetition after a crash leaves one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        """Writes them; how many. ``OSError`` where the folder cannot be written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for email in email_messages:
            message = email.message()
            name = re.sub(r"[^\w@.+=-]", "_", message["Message-ID"].strip("<> "))
            write_whole(self.folder / f"{name}.eml", message.as_bytes())
        return len(email_messages)


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file so that it is there whole or not at all, even if the machine stops.

    The unfinished file always has the same name, so that the next attempt replaces what a killed process left.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
