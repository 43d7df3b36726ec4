"""Blocks of the home page that an app gives: functions from a language to a part of the page's context."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

BLOCKS: list[Callable[[str], dict[str, Any]]] = []


def register(block: Callable[[str], dict[str, Any]]) -> None:
    """Add a block, once."""
    if block not in BLOCKS:
        BLOCKS.append(block)
