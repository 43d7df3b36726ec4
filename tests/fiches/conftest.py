"""Where imports and exports are written."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """A file for fiches, with a folder for attachments beside it when there are any."""
    return tmp_path / "fiches.jsonl"
