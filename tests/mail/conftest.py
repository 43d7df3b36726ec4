"""Two messages of the tests' own: one that can wait, one that answers something and lets its reader in."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from clavet.mail import registry

CONTEXT = {"name": "Piraeus", "text": "One.\nTwo.", "url": "https://clavet.example/en/"}
NEWS = registry.Message("trial.news", "news", essential=False, sample=lambda language: CONTEXT, can_wait=True)
KEY = registry.Message("trial.key", "key", essential=True, sample=lambda language: CONTEXT, confidential=True)


@pytest.fixture(autouse=True)
def trial_messages(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The messages, with their templates."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], Path(__file__).with_name("templates")]
    settings.TEMPLATES = templates
    for message in (NEWS, KEY):
        monkeypatch.setitem(registry.MESSAGES, message.name, message)


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where e-mails go as files."""
    settings.EMAIL_BACKEND = "clavet.mail.backends.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"
