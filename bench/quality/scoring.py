"""How well search finds what it should: queries of nine languages, asked of the page of results that readers get."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import Client

FOLDER = Path(__file__).parent
FICHES, QUERIES = FOLDER / "fiches.jsonl", FOLDER / "queries.json"
HIT = re.compile(r'data-code="([^"]+)"')
TOTAL = re.compile(r'data-total="(\d+)"')
FIRST = 10


@dataclass(frozen=True)
class Result:
    """One query with what was expected of it and what the first page gave, in its order."""

    language: str
    kind: str
    query: str
    expected: tuple[str, ...]
    held_out: bool
    found: tuple[str, ...]
    total: int

    @property
    def recall(self) -> float:
        """The share of the expected records among the first ten; for nonsense 1 if nothing was found, else 0."""
        if not self.expected:
            return float(self.total == 0)
        return len(set(self.expected) & set(self.found[:FIRST])) / len(self.expected)


def load() -> None:
    """The vocabulary and the fiches of the set, into the database of the moment."""
    call_command("load_vocabulary", verbosity=0)
    call_command("import_fiches", str(FICHES), lenient=True, verbosity=0)


def ask_all() -> list[Result]:
    """Every query asked."""
    client = Client()
    return [asked(client, entry) for entry in json.loads(QUERIES.read_text(encoding="utf-8"))]


def asked(client: Client, entry: dict[str, Any]) -> Result:
    """One query asked of ``/<language>/search/``."""
    page = client.get(f"/{entry['language']}/search/", {"q": entry["query"]}).content.decode()
    total = TOTAL.search(page)
    return Result(
        entry["language"],
        entry["kind"],
        entry["query"],
        tuple(entry["expected"]),
        bool(entry.get("held_out")),
        tuple(HIT.findall(page)),
        int(total[1]) if total else 0,
    )


def recall(results: Iterable[Result]) -> float:
    """The mean recall of queries that expect something."""
    values = [result.recall for result in results if result.expected]
    return sum(values) / len(values) if values else 1.0


def table(results: list[Result]) -> str:
    """Recall by language and by kind, as lines ``name: value unit``."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        if result.expected:
            groups["all"].append(result)
            groups[f"language {result.language}"].append(result)
            groups[f"kind {result.kind}"].append(result)
            groups["held out" if result.held_out else "not held out"].append(result)
    lines = [f"recall at 10, {name}: {100 * recall(those):.1f} % of {len(those)}" for name, those in groups.items()]
    nonsense = [result for result in results if not result.expected]
    lines.append(f"nonsense that found something: {sum(result.total > 0 for result in nonsense)} of {len(nonsense)}")
    return "\n".join(lines)


def misses(results: list[Result]) -> str:
    """The queries that did not find all, with what they found."""
    return "\n".join(
        f"{result.language} {result.kind} {result.query!r}: expected {' '.join(result.expected) or 'nothing'}, "
        f"found {' '.join(result.found) or 'nothing'}"
        for result in results
        if result.recall < 1
    )
