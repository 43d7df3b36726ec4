"""The lines that the benchmarks print: ``name: value unit``, one figure each."""

from __future__ import annotations

import sys

UNITS = {"ms": 3, "seconds": 1, "MB": 1, "KB": 1, "times": 2, "requests/s": 0, "queries": 0, "fiches": 0, "saves": 0}


def line(name: str, value: float, unit: str) -> str:
    """One line; a unit that is not in ``UNITS`` is a ``KeyError``."""
    return f"{name}: {value:.{UNITS[unit]}f} {unit}"


def say(name: str, value: float, unit: str) -> None:
    """Print one line at once: at a hundred thousand fiches the next one may be minutes away."""
    print(line(name, value, unit), flush=True)


def note(text: str) -> None:
    """A remark for whoever watches, beside the figures."""
    print(text, file=sys.stderr, flush=True)
