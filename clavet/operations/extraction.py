"""The strings of the interface, collected from Python files and templates into the nine catalogues."""

from __future__ import annotations

import io
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract, extract_python
from django.utils.translation.template import templatize

from clavet.languages import CODES, SOURCE
from clavet.operations import catalogues, package_strings

CODE = ("clavet", "fiches", "practices", "network", "rapid_response")
TEMPLATES = "templates"
TEMPLATE_SUFFIXES = {".html", ".md", ".txt", ".xml"}
COMMENT_TAGS = ("Translators",)

# Which argument is what, in Babel's notation: "c" is the context, two numbers are singular and plural.
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def collect(project: Path) -> Catalog:
    """All strings of the code below ``project``, and those of packages that they leave untranslated."""
    template = Catalog(charset="utf-8")
    for path in files(project):
        for line, message, comments, context in strings_in(path):
            place = (path.relative_to(project).as_posix(), line)
            template.add(message, locations=[place], auto_comments=comments, context=context)
    for number, gap in enumerate(package_strings.gaps(), start=1):
        template.add(gap.message, locations=[(gap.package, number)], context=gap.context)
    return template


def files(project: Path) -> list[Path]:
    """Python files and templates of the portal, in a fixed order; migrations say nothing to anybody."""
    modules = [path for name in CODE for path in (project / name).rglob("*.py") if "migrations" not in path.parts]
    folders = [project / TEMPLATES, *(folder for name in CODE for folder in (project / name).rglob(TEMPLATES))]
    templates = [path for folder in folders for path in folder.rglob("*") if path.suffix in TEMPLATE_SUFFIXES]
    return sorted({*modules, *templates})


def strings_in(path: Path) -> Iterator[tuple[int, Any, list[str], str | None]]:
    """Line, string (or singular and plural), comments for translators and context of each string in a file."""
    method = "python" if path.suffix == ".py" else extract_template
    with path.open("rb") as file:
        yield from extract(method, file, KEYWORDS, COMMENT_TAGS, strip_comment_tags=False)


def extract_template(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Any:
    """Babel's extractor of Django templates: Django turns a template into calls of gettext, Babel reads those.

    Django writes them for xgettext, which does not mind indentation; Python's tokenizer does, so it goes.
    """
    calls = templatize(file.read().decode("utf-8"))
    flat = "\n".join(line.lstrip() for line in calls.splitlines())
    return extract_python(io.BytesIO(flat.encode()), keywords, comment_tags, options)


def updated(template: Catalog, path: Path, code: str) -> bytes:
    """The file of a language's catalogue with the strings of ``template``: kept where known, empty where new.

    English says what the code says. A string of a package is taken from the package where that has it.
    """
    catalog = catalogues.read(path, code)
    # Babel puts the entries of the template themselves into the catalogue, and we fill them in below.
    catalog.update(deepcopy(template), no_fuzzy_matching=True, update_creation_date=False)
    known = package_strings.translations(code, catalog.num_plurals)
    for message in catalog:
        if message.id and not any(as_tuple(message.string)):
            message.string = message.id if code == SOURCE else known.get((message.context, message.id), message.string)
    return catalogues.as_po(catalog, code)


def update_all(project: Path) -> list[str]:
    """Brings the nine catalogues up to date; the languages whose file changed."""
    template = collect(project)
    changed = []
    for code in CODES:
        path = catalogues.path_of(project / "locale", code)
        content = updated(template, path, code)
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            changed.append(code)
    return changed


def as_tuple(string: Any) -> tuple[str, ...]:
    """The forms of a translation, of which there is one where there is no plural."""
    return tuple(string) if isinstance(string, (tuple, list)) else (string,)
