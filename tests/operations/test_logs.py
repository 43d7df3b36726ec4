"""Logs are for machines, and nobody who visits is to be found in them."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest
from django.test import RequestFactory

from clavet.operations.logs import JsonFormatter, redacted


def line(message: str, *arguments: Any, **more: Any) -> dict[str, Any]:
    """What a record with this message becomes."""
    record = logging.LogRecord(
        "clavet.test", logging.WARNING, __file__, 1, message, arguments, more.pop("exc_info", None)
    )
    record.__dict__.update(more)
    formatted = JsonFormatter().format(record)
    assert "\n" not in formatted
    return json.loads(formatted)


def test_an_event_is_one_line_of_json() -> None:
    entry = line("Fiche %s published\nin %s", "CF-0012", "ελληνικά")
    assert entry["message"] == "Fiche CF-0012 published\nin ελληνικά"
    assert entry["level"] == "warning"
    assert entry["logger"] == "clavet.test"
    assert entry["time"].endswith("+00:00")


def test_a_request_shows_its_path_and_neither_query_nor_address() -> None:
    request = RequestFactory().get("/el/search/?q=maria+papadopoulou", REMOTE_ADDR="198.51.100.7")
    entry = line("Not Found: %s", request.get_full_path(), request=request, status_code=404)
    assert (entry["method"], entry["path"], entry["status"]) == ("GET", "/el/search/", 404)
    text = json.dumps(entry)
    assert "papadopoulou" not in text
    assert "198.51.100.7" not in text


def test_a_traceback_is_kept_without_the_row_that_the_database_refused() -> None:
    try:
        raise ValueError("duplicate key\nDETAIL:  Key (email)=(maria@example.org) already exists.")
    except ValueError:
        entry = line("Failed", exc_info=sys.exc_info())
    assert "ValueError: duplicate key" in entry["traceback"]
    assert "maria" not in entry["traceback"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail to maria.p+x@edu.example.gr failed", "mail to [e-mail] failed"),
        ("from 203.0.113.9, twice", "from [address], twice"),
        ("from 2001:db8::8a2e:370:7334 port 5", "from [address] port 5"),
        ("from fe80:0:0:0:1:2:3:4.", "from [address]."),
        ("GET /en/search/?q=a&page=2 took long", "GET /en/search/?[query] took long"),
        ("Why? Because at 12:34:56 Django 5.2.19 said so", "Why? Because at 12:34:56 Django 5.2.19 said so"),
    ],
)
def test_what_says_who_somebody_is_goes_and_the_rest_stays(text: str, expected: str) -> None:
    assert redacted(text) == expected
