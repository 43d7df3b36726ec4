"""The plain text format of our data files: sections that begin with a line ``== key``."""

from __future__ import annotations

import re

HEADING = re.compile(r"^== ?([a-z0-9_.-]+)[ \t]*$", re.MULTILINE)


def read_sections(text: str) -> dict[str, str]:
    """The sections of ``text`` by key, each trimmed. ``ValueError`` for a key that stands twice or text before the
    first key."""
    parts = HEADING.split(text.replace("\r\n", "\n"))
    if parts[0].strip():
        raise ValueError("there is text before the first section")
    sections: dict[str, str] = {}
    for key, body in zip(parts[1::2], parts[2::2], strict=True):
        if key in sections:
            raise ValueError(f"the section {key} stands twice")
        sections[key] = body.strip()
    return sections
