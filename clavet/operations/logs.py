"""Structured logs: one line of JSON an event, and nothing in it that says who a visitor is."""

from __future__ import annotations

import datetime
import json
import logging
import re
from typing import Any

GROUP = "[0-9a-fA-F]{1,4}"
GROUPS = f"{GROUP}(?::{GROUP})*"

# What stands in messages and tracebacks, whoever wrote them: addresses of people and of machines, and what follows the
# question mark of an address (a search may hold a name). PostgreSQL quotes the refused row after DETAIL.
REDACTED = (
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"(?<![\w.])\d{1,3}(\.\d{1,3}){3}(?![\w.]*\w)"), "[address]"),
    (
        re.compile(rf"(?<![\w:])(?:{GROUP}:){{7}}{GROUP}(?![\w:])|(?<![\w:])(?:{GROUPS})?::(?:{GROUPS})?(?![\w:])"),
        "[address]",
    ),
    (re.compile(r"(?<=[\w/])\?[^\s\"'<>]+"), "?[query]"),
    (re.compile(r"^DETAIL:.*$", re.MULTILINE), "DETAIL: [row]"),
)


def redacted(text: str) -> str:
    """``text`` without e-mail addresses, network addresses, query strings and rows of the database."""
    for pattern, replacement in REDACTED:
        text = pattern.sub(replacement, text)
    return text


class JsonFormatter(logging.Formatter):
    """Time, level, logger and message; for a request its method, path and status; for an exception its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redacted(record.getMessage()),
        }
        entry |= of_request(record)
        if record.exc_info:
            entry["traceback"] = redacted(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def of_request(record: logging.LogRecord) -> dict[str, Any]:
    """Method, path and status of the request that a record is about; nothing else of it, above all not from whom."""
    request, status = getattr(record, "request", None), getattr(record, "status_code", None)
    known = {
        "method": getattr(request, "method", None),
        "path": redacted(getattr(request, "path", None) or ""),
        "status": status,
    }
    return {name: value for name, value in known.items() if value}
