"""Sample records: a folder each below ``data/``, read as entries of the interchange."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction

from clavet.languages import CODES
from clavet.library.importing import import_entries
from clavet.library.interchange import Entry
from clavet.publishing import effects, files
from clavet.publishing.models import Code, LogEntry, Record, Revision, Translation, Version
from clavet.publishing.registry import KINDS
from clavet.web.sections import read_sections


def load_records(model: type[Record], folder: Path, file_name: str) -> int:
    """Load the records of a kind below ``folder`` whose codes are still free; returns how many. Nothing that stands is
    changed."""
    # Backwards, so that those with the first codes, which are complete, come out newest.
    wanted = sorted((path for path in folder.iterdir() if (path / file_name).is_file()), reverse=True)
    return load_folders(model, wanted, file_name)


def load_folders(model: type[Record], folders: Sequence[Path], file_name: str) -> int:
    """Load the records in these folders whose codes are still free, in one transaction; returns how many."""
    free = [path for path in folders if not model.objects.filter(code_id=path.name).exists()]
    with transaction.atomic():
        entries = [(number, read_entry(model, path, file_name)) for number, path in enumerate(free, start=1)]
        import_entries(model, entries, [])
    return len(entries)


def read_entry(model: type[Record], folder: Path, file_name: str) -> Entry:
    """One record's folder (``file_name``, a ``<language>.md`` each, perhaps ``v1/``) as an entry of the interchange."""
    about: dict[str, Any] = json.loads((folder / file_name).read_text(encoding="utf-8"))
    earlier = [
        read_version(model, folder / name / file_name, about, number)
        for number, name in enumerate(about.pop("earlier", []), 1)
    ]
    texts = read_texts(folder)
    outdated = {
        code: (version["number"], version["texts"][code])
        for version in earlier
        for code in version["texts"]
        if code not in texts
    }
    entry: Entry = {**about, "status": "published", "sample": True, "version": len(earlier) + 1}
    store_attachments(folder, entry)
    add_texts(model, entry, {**texts, **{code: found for code, (_number, found) in outdated.items()}})
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


def add_texts(model: type[Record], entry: Entry, texts: dict[str, dict[str, str]]) -> None:
    """Put the sections of all languages where the interchange has them."""
    children = {child.key: child.name for child in model.shape.children}
    for code, sections in texts.items():
        for key, value in sections.items():
            parts = key.split(".")
            if len(parts) == 1:
                entry.setdefault(key, {})[code] = value
            else:
                row = next(row for row in entry[children[parts[0]]] if row["id"] == parts[1])
                row.setdefault(parts[2], {})[code] = value


def read_version(model: type[Record], path: Path, latest: dict[str, Any], number: int) -> Entry:
    """An earlier version: its document, and its texts in all languages that it has here."""
    about = json.loads(path.read_text(encoding="utf-8"))
    texts = read_texts(path.parent)
    neutral = {spec.name for spec in model.shape.neutral}
    rows = {child.name: about.get(child.name) or [] for child in model.shape.children}
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
    """Store the files of a record and name them by their digests."""
    for row in entry.get("attachments") or []:
        path = folder / "files" / row.pop("file")
        with path.open("rb") as stream:
            row["sha256"] = files.store(File(stream), path.name).pk
        row["name"] = path.name


@transaction.atomic
def remove_records() -> dict[str, list[str]]:
    """Remove all sample and synthetic records with their history and codes; returns the codes that went, by prefix.

    The counters stay where they are, so that no code of a sample is ever given to something else; only loading the
    sample again brings the same codes back. The caller rebuilds what is derived from records.
    """
    gone = {
        prefix: list(model.objects.filter(is_sample=True).values_list("code_id", flat=True))
        for prefix, model in KINDS.items()
    }
    for prefix, given in gone.items():
        for some in effects.batched(given):
            KINDS[prefix].objects.filter(code_id__in=some).delete()
            for model in (LogEntry, Revision, Version, Translation):
                model.objects.filter(code_id__in=some).delete()
            forget_codes(some)
    return gone


def forget_codes(given: Sequence[str]) -> None:
    """Take codes out of the table for good. Of two records that were merged one leads to the other."""
    Code.objects.filter(redirect_to__in=given).update(redirect_to=None)
    Code.objects.filter(value__in=given).delete()
