"""Addresses that are measured."""

from __future__ import annotations

from urllib.parse import urlencode

LIST = "/en/fiches/"
PRACTICES = "/en/practices/"
SEARCH = "/en/search/"
SUGGESTIONS = "/en/search/suggestions"
QUEUE = "/admin/practices/case/"
TABLE = "/admin/practices/practice/"
AUTHORITIES = "/admin/network/authority/"


def asked(path: str, **parameters: str) -> str:
    """An address with its query."""
    return f"{path}?{urlencode(parameters)}"
