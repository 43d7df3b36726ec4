"""The authorities of ``data/``: founding partners, and those that sample records name."""

from __future__ import annotations

import json
from pathlib import Path

from django.db import transaction

from clavet.library.samples import forget_codes
from clavet.publishing import codes, effects
from clavet.publishing.models import Code
from network.models import Authority, Membership
from network.models.joining import Application, Invitation, JoiningLog


def load_partners(path: Path) -> int:
    """Load the founding partners from ``path``; returns how many. Those that stand already are left alone."""
    return load(json.loads(path.read_text(encoding="utf-8"))["partners"], is_founding_partner=True)


def load_authorities(path: Path) -> int:
    """Load the authorities of the directory from ``path``; returns how many. Those that stand are left alone."""
    return load(json.loads(path.read_text(encoding="utf-8"))["authorities"])


@transaction.atomic
def load(entries: list[dict], **fields: bool) -> int:
    """Make the authorities whose codes are free, marked as sample."""
    written = 0
    for entry in entries:
        if Code.objects.filter(value=entry["code"]).exists():
            continue
        others = {f"other_name_{code}": name for code, name in entry.pop("other_names", {}).items()}
        code = codes.reserve(entry.pop("code"))
        Authority.objects.create(code=code, is_sample=True, **fields, **entry, **others)
        written += 1
    return written


@transaction.atomic
def remove() -> int:
    """Remove the authorities that are marked as sample, with their history and codes; returns how many."""
    given = list(Authority.objects.filter(is_sample=True).values_list("code_id", flat=True))
    for some in effects.batched(given):
        for model in (JoiningLog, Invitation, Application, Membership):
            model.objects.filter(authority__code_id__in=some).delete()
        Authority.objects.filter(code_id__in=some).delete()
        Authority.history.filter(code_id__in=some).delete()
        forget_codes(some)
    return len(given)
