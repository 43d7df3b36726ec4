"""What may go wrong when a record is changed; every one of these is told to the person, none is a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from clavet.publishing.documents import Problem
    from clavet.publishing.models import Revision


class PublishingError(Exception):
    """A change that was refused; nothing was changed."""


class NotAllowed(PublishingError, PermissionDenied):
    """The person may not do this."""


class WrongState(PublishingError):
    """The record or revision is not in a state in which this can be done; somebody may have been quicker."""


class Conflict(PublishingError):
    """Somebody else saved in between; ``revision`` is what stands now."""

    def __init__(self, revision: Revision | None) -> None:
        super().__init__("the text was saved or accepted by somebody else meanwhile")
        self.revision = revision


class Invalid(PublishingError):
    """The text does not meet the rules; ``problems`` says where."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.key}: {problem.message}" for problem in problems))
        self.problems = problems
