"""What an import finds wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What is wrong: in which line, in which field, and why."""

    line: int
    field: str
    why: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.field}: {self.why}"


class ImportRefused(Exception):
    """Nothing was imported; ``findings`` says why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings
