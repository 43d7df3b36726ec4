"""What desk pages begin with: the case behind an address, for those whose business it is; 404 for everybody else."""

from __future__ import annotations

from functools import wraps
from typing import Any

import rules
from django.http import Http404, HttpRequest, HttpResponse

from clavet.desk.access import for_members
from clavet.publishing.codes import is_code
from practices.models import Case


def case_of(code: str) -> Case:
    """The latest case of a practice. 404 where there is none."""
    case = (
        Case.objects.filter(code_id=code).select_related("revision").order_by("-id").first() if is_code(code) else None
    )
    if case is None:
        raise Http404
    return case


def for_case(rule: str) -> Any:
    """A view of the case behind ``code``, for those whom ``rule`` lets in. Others learn nothing: 404."""

    def decorate(view: Any) -> Any:
        @for_members
        @wraps(view)
        def run(request: HttpRequest, code: str, **given: Any) -> HttpResponse:
            case = case_of(code)
            if not rules.test_rule(rule, request.user, case):
                raise Http404
            return view(request, case, **given)

        return run

    return decorate
