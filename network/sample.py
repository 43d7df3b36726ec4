"""The authorities of ``data/``: founding partners, and those that sample records name."""

from __future__ import annotations

import json
from pathlib import Path

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from clavet.library.samples import forget_codes
from clavet.publishing import codes, effects
from clavet.publishing.models import Code
from network import finding
from network.models import Authority, Membership
from network.models.joining import Application, Invitation, JoiningLog


def load_partners(path: Path) -> int:
    """Load the founding partners from ``path``; returns how many. Those that stand already are left alone."""
    return load(json.loads(path.read_text(encoding="utf-8"))["partners"], is_founding_partner=True)


def load_authorities(path: Path, *, most: int | None = None) -> int:
    """Load the authorities of the directory from ``path``, the first ``most`` where not all are wanted; returns how
    many. Those that stand are left alone."""
    return load(json.loads(path.read_text(encoding="utf-8"))["authorities"][:most])


@transaction.atomic
def load(entries: list[dict], **fields: bool) -> int:
    """Make the authorities whose codes are free, marked as sample."""
    standing = set(Code.objects.filter(value__in=[entry["code"] for entry in entries]).values_list("value", flat=True))
    made = [made_of(entry, **fields) for entry in entries if entry["code"] not in standing]
    if made:
        bulk_create_with_history(made, Authority)
        finding.lay_out([authority.code_id for authority in made])
    return len(made)


def made_of(entry: dict, **fields: bool) -> Authority:
    """An authority that is not saved yet, under its code; its texts by language in columns of their own."""
    words = {
        f"{name}_{language}": text
        for name, several in (("other_name", "other_names"), ("description", "descriptions"))
        for language, text in entry.get(several, {}).items()
    }
    plain = {name: value for name, value in entry.items() if name not in ("code", "other_names", "descriptions")}
    return Authority(code=codes.reserve(entry["code"]), is_sample=True, **fields, **plain, **words)


@transaction.atomic
def remove() -> int:
    """Remove the authorities that are marked as sample, with their history and codes; returns how many."""
    given = list(Authority.objects.filter(is_sample=True).values_list("code_id", flat=True))
    for some in effects.batched(given):
        for model in (JoiningLog, Invitation, Application, Membership):
            model.objects.filter(authority__code_id__in=some).delete()
        Authority.objects.filter(code_id__in=some)._raw_delete("default")
        finding.lay_out(some)
        Authority.history.filter(code_id__in=some).delete()
        forget_codes(some)
    return len(given)
