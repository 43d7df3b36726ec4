"""Taking records in from JSON Lines: everything is checked first; one finding, and nothing at all is imported."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from clavet.library.importing.content import check_entry
from clavet.library.importing.findings import Finding, ImportRefused
from clavet.library.importing.form import form_problems, unkeepable
from clavet.library.importing.writing import write_entry
from clavet.library.interchange import Entry
from clavet.publishing import codes, effects
from clavet.publishing.errors import PublishingError
from clavet.publishing.models import Code, Record
from clavet.publishing.shape import Shape

__all__ = ["Finding", "ImportRefused", "import_entries", "import_lines"]


def import_lines(
    model: type[Record], lines: Iterable[str], *, lenient: bool = False, folder: Path | None = None
) -> int:
    """Import the records of a kind in ``lines``, all or none; returns how many. ``folder`` holds attachments by digest.

    A known code makes a new version. ``lenient``: fields that a form requires may be missing. Raises
    ``ImportRefused`` with every finding.
    """
    entries, findings = parse(model.shape, lines)
    return import_entries(model, entries, findings, lenient=lenient, folder=folder)


def import_entries(
    model: type[Record],
    entries: list[tuple[int, Entry]],
    findings: list[Finding],
    *,
    lenient: bool = False,
    folder: Path | None = None,
) -> int:
    """The same from entries that have been read already, each with its line."""
    with transaction.atomic(), effects.gathering():
        if not findings:
            reserve_codes(model.shape, entries)
            for number, entry in entries:
                findings += check_entry(model, number, entry, lenient=lenient, folder=folder)
        if findings:
            raise ImportRefused(sorted(findings, key=lambda finding: finding.line))
        for number, entry in entries:
            try:
                write_entry(model, entry, lenient=lenient)
            except PublishingError as error:
                raise ImportRefused([Finding(number, "(line)", str(error))]) from error
    return len(entries)


def parse(shape: Shape, lines: Iterable[str]) -> tuple[list[tuple[int, Entry]], list[Finding]]:
    """The entries with their line numbers, and what is wrong with their form."""
    entries: list[tuple[int, Entry]] = []
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError) as error:
            findings.append(Finding(number, "(line)", f"not JSON: {error}"))
            continue
        problems = list(unkeepable(entry)) or form_problems(shape, entry)
        found = [Finding(number, field, why) for field, why in problems]
        code = entry.get("code") if isinstance(entry, dict) else None
        if not found and code:
            if code in seen:
                found.append(Finding(number, "code", f"{code} stands in line {seen[code]} already"))
            seen[code] = number
        findings += found
        if not found:
            entries.append((number, entry))
    return entries, findings


def reserve_codes(shape: Shape, entries: list[tuple[int, Entry]]) -> None:
    """Give every entry its code first, so that records of one file may name each other."""
    for _number, entry in sorted(entries, key=lambda item: not item[1].get("code")):
        code = entry.get("code")
        if not code:
            entry["code"] = codes.allot(shape.prefix).value
        elif not Code.objects.filter(value=code).exists():
            codes.reserve(code)
