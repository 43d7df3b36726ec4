"""From the files in ``data/pages`` to editable pages, without touching what a coordinator has changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.db import transaction

from clavet.languages import CODES
from clavet.pages.models import Page
from clavet.web.sections import read_sections

PARTS = ("title", "summary", "body")


def digest(values: dict[str, str]) -> str:
    """What a page says, in one short string."""
    return hashlib.sha256("\x00".join(f"{key}={values[key]}" for key in sorted(values)).encode()).hexdigest()


def current(page: Page) -> dict[str, str]:
    """What the page says now, by column."""
    return {f"{part}_{code}": getattr(page, f"{part}_{code}") or "" for part in PARTS for code in CODES}


@transaction.atomic
def load(folder: Path) -> int:
    """Make the pages that ``folder`` has and the portal lacks; renew those that nobody has edited since they were
    loaded. Returns the number of pages written. ``folder`` holds one folder a page with one ``<language>.md`` each.
    """
    written = 0
    for directory in sorted(path for path in folder.iterdir() if path.is_dir()):
        values = dict.fromkeys((f"{part}_{code}" for part in PARTS for code in CODES), "")
        for code in CODES:
            path = directory / f"{code}.md"
            if path.exists():
                sections = read_sections(path.read_text(encoding="utf-8"))
                values |= {f"{part}_{code}": sections.get(part, "") for part in PARTS}
        page = Page.objects.filter(slug=directory.name).first() or Page(slug=directory.name)
        untouched = page._state.adding or digest(current(page)) == page.loaded_digest
        if untouched and digest(values) != page.loaded_digest:
            for name, value in values.items():
                setattr(page, name, value)
            page.loaded_digest = digest(values)
            page.save()
            written += 1
    return written
