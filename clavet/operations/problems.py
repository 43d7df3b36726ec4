"""The one way in which operations say that something outside the code must be put right first."""

from __future__ import annotations


class NotReady(Exception):
    """What is wrong, and what helps; both are sentences for the operator."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem}\nWhat helps: {self.remedy}"
