"""What has changed in a text since it was judged, field by field, beside the remarks and what the authors answered."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from clavet.publishing import differences, documents
from practices.models import Case, Practice, Remark


def comparison(case: Case) -> dict[str, Any]:
    """The fields that differ or that somebody remarked on, for those who judge the text; and whether they are compared
    with the text that came before them (``is_again``) or with what is published. No rows where there is neither."""
    practice = case.practice
    if case.judged is None and not practice.version:
        return {"is_again": False, "rows": []}
    before = case.judged if case.judged is not None else documents.source_document(practice)
    changes = differences.changes(Practice.shape, before, case.revision.document)
    remarks: dict[str, list[Remark]] = {}
    for remark in case.remarks.exclude(shared_at=None):
        remarks.setdefault(remark.key, []).append(remark)
    # A text is in its own language; what was chosen from a list is said in the reader's.
    rows = [
        SimpleNamespace(
            label=each.label,
            html=each.html,
            lang=case.revision.language if Practice.shape.spec_of(each.key) else "",
            remarks=remarks.pop(each.key, []),
        )
        for each in changes
    ]
    rows += [
        SimpleNamespace(label=Practice.shape.label_of(key), html="", lang="", remarks=those)
        for key, those in remarks.items()
    ]
    return {"is_again": case.judged is not None, "rows": rows}
