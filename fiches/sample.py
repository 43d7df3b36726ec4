"""The sample content of ``data/``: founding partners, fiches, and accounts to try the admin with."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.files.base import File
from django.db import transaction

from clavet.accounts.models import User
from clavet.accounts.roles import ADMINISTRATOR, COORDINATOR, ensure_roles
from clavet.accounts.second_factor import give_app
from clavet.languages import CODES
from clavet.publishing import codes, effects, files
from clavet.publishing.models import Code, LogEntry, Revision, Translation, Version
from clavet.web.sections import read_sections
from fiches.importing import import_entries
from fiches.interchange import Entry
from fiches.models import Fiche
from network.models import Authority

ACCOUNTS = (
    ("coordinator@example.org", "Example Coordinator", COORDINATOR),
    ("second.coordinator@example.org", "Second Example Coordinator", COORDINATOR),
    ("administrator@example.org", "Example Administrator", ADMINISTRATOR),
)


# ---------------------------------------------------------------- fiches


def load_fiches(folder: Path) -> int:
    """Load the fiches below ``folder`` whose codes are still free; returns how many. Nothing that stands is changed."""
    # Backwards, so that those with the first codes, which are complete, come out newest.
    wanted = sorted((path for path in folder.iterdir() if (path / "fiche.json").is_file()), reverse=True)
    free = [path for path in wanted if not Fiche.objects.filter(code_id=path.name).exists()]
    with transaction.atomic():
        entries = [(number, read_entry(path)) for number, path in enumerate(free, start=1)]
        import_entries(entries, [])
    return len(entries)


def read_entry(folder: Path) -> Entry:
    """One fiche's folder (``fiche.json``, a ``<language>.md`` each, perhaps ``v1/``) as an entry of the interchange."""
    about: dict[str, Any] = json.loads((folder / "fiche.json").read_text(encoding="utf-8"))
    earlier = [read_version(folder / name, about, number) for number, name in enumerate(about.pop("earlier", []), 1)]
    texts = read_texts(folder)
    outdated = {
        code: (version["number"], version["texts"][code])
        for version in earlier
        for code in version["texts"]
        if code not in texts
    }
    entry: Entry = {**about, "status": "published", "sample": True, "version": len(earlier) + 1}
    store_attachments(folder, entry)
    add_texts(entry, {**texts, **{code: found for code, (_number, found) in outdated.items()}})
    entry["translations"] = {
        code: {"version": outdated[code][0] if code in outdated else len(earlier) + 1, "method": "machine"}
        for code in CODES
        if code in (texts | outdated) and code != about["source_language"]
    }
    for version in earlier:
        del version["texts"]
    entry["earlier"] = earlier
    return entry


def read_texts(folder: Path) -> dict[str, dict[str, str]]:
    """The sections of every language in ``folder``."""
    return {
        code: {
            # A step has one text only, so its file says ``step.t1`` for ``step.t1.text``.
            f"{key}.text" if key.startswith("step.") else key: text
            for key, text in read_sections((folder / f"{code}.md").read_text(encoding="utf-8")).items()
        }
        for code in CODES
        if (folder / f"{code}.md").is_file()
    }


def add_texts(entry: Entry, texts: dict[str, dict[str, str]]) -> None:
    """Put the sections of all languages where the interchange has them."""
    children = {child.key: child.name for child in Fiche.shape.children}
    for code, sections in texts.items():
        for key, value in sections.items():
            parts = key.split(".")
            if len(parts) == 1:
                entry.setdefault(key, {})[code] = value
            else:
                row = next(row for row in entry[children[parts[0]]] if row["id"] == parts[1])
                row.setdefault(parts[2], {})[code] = value


def read_version(folder: Path, latest: dict[str, Any], number: int) -> Entry:
    """An earlier version: its document, and its texts in all languages that it has here."""
    about = json.loads((folder / "fiche.json").read_text(encoding="utf-8"))
    texts = read_texts(folder)
    neutral = {spec.name for spec in Fiche.shape.neutral}
    rows = {child.name: about.get(child.name) or [] for child in Fiche.shape.children}
    return {
        "number": number,
        "significance": "major",
        "document": {
            "texts": texts[latest["source_language"]],
            "neutral": {name: value for name, value in about.items() if name in neutral},
            "children": rows,
        },
        "translations": {},
        "texts": {code: found for code, found in texts.items() if code != latest["source_language"]},
    }


def store_attachments(folder: Path, entry: Entry) -> None:
    """Store the files of a fiche and name them by their digests."""
    for row in entry.get("attachments") or []:
        path = folder / "files" / row.pop("file")
        with path.open("rb") as stream:
            row["sha256"] = files.store(File(stream), path.name).pk
        row["name"] = path.name


# ---------------------------------------------------------------- partners


@transaction.atomic
def load_partners(path: Path) -> int:
    """Load the founding partners from ``path``; those that stand already are left alone."""
    written = 0
    for entry in json.loads(path.read_text(encoding="utf-8"))["partners"]:
        if Code.objects.filter(value=entry["code"]).exists():
            continue
        others = {f"other_name_{code}": name for code, name in entry.pop("other_names", {}).items()}
        code = codes.reserve(entry.pop("code"))
        Authority.objects.create(code=code, is_founding_partner=True, is_sample=True, **entry, **others)
        written += 1
    return written


# ---------------------------------------------------------------- accounts


def load_accounts(path: Path) -> bool:
    """Make the sample accounts with passwords of chance, written to ``path`` (for its owner only); ``False`` if they
    stand already."""
    if User.objects.filter(is_sample=True).exists():
        return False
    ensure_roles()
    lines = []
    for email, name, role in ACCOUNTS:
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(email, password, name=name, is_staff=True, is_sample=True)
        user.groups.add(Group.objects.get(name=role))
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        give_app(user)
        lines.append(f"{email}  {password}  ({role})\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.writelines(lines)
    return True


# ---------------------------------------------------------------- away with it


@transaction.atomic
def remove() -> dict[str, int]:
    """Remove all sample and synthetic content: records with their history, codes, accounts. Returns what went, by kind.

    The counters stay where they are, so that no code of a sample is ever given to something else; only loading the
    sample again brings the same codes back.
    """
    fiches = list(Fiche.objects.filter(is_sample=True).values_list("code_id", flat=True))
    authorities = list(Authority.objects.filter(is_sample=True).values_list("code_id", flat=True))
    gone = list(batched([*fiches, *authorities]))
    for codes_of_some in gone:
        Fiche.objects.filter(code_id__in=codes_of_some).delete()
        Authority.objects.filter(code_id__in=codes_of_some).delete()
        Authority.history.filter(code_id__in=codes_of_some).delete()
        for model in (LogEntry, Revision, Version, Translation):
            model.objects.filter(code_id__in=codes_of_some).delete()
        # Of two that were merged one leads to the other, which may come earlier.
        Code.objects.filter(value__in=codes_of_some).update(redirect_to=None)
    for codes_of_some in gone:
        Code.objects.filter(value__in=codes_of_some).delete()
    effects.rebuild_all()
    people = User.objects.filter(is_sample=True)
    accounts = people.count()
    people.delete()
    return {"fiches": len(fiches), "authorities": len(authorities), "accounts": accounts}


def batched(given: list[str], size: int = 500) -> Iterator[list[str]]:
    """``given`` in lists short enough for one query: of synthetic content there may be a hundred thousand."""
    for start in range(0, len(given), size):
        yield given[start : start + size]
