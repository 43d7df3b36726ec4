"""Strings of packages that our public pages show and that the package leaves untranslated in one of our languages.

They are found, not listed: a new version of a package changes the list by itself, `make messages` puts what it lacks
into our catalogues (which come before the package's own), and a test says when that has to be run.
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from clavet.languages import CODES, SOURCE

# Context and string (or singular and plural) of an entry.
Key = tuple[str | None, Any]

# Romanian is written with a comma below; with a cedilla, as old fonts had it, screen readers stumble.
CEDILLAS = frozenset("ŞşŢţ")


@dataclass(frozen=True)
class Package:
    """A package, where its catalogues lie, and which of its modules speak on our public pages."""

    name: str
    catalogues: str
    modules: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """One string that a package lacks in one of our languages."""

    package: str
    context: str | None
    message: str | tuple[str, str]


# Django speaks to the public through the errors of forms, dates, lengths of time and sizes of files.
PACKAGES = (
    Package(
        "django",
        "conf/locale",
        (
            "core/validators.py",
            "forms/",
            "template/defaultfilters.py",
            "utils/dates.py",
            "utils/text.py",
            "utils/times",
        ),
    ),
)

# What only kinds of fields say that no public form has: slugs, network addresses, JSON, steps, sets of forms.
NEVER_SHOWN = re.compile(
    "slug|IPv|protocol|domain name|JSON|UUID|step size|separated by commas|Constraint|duplicate|inline|%\\(pk\\)s"
    "|ManagementForm|at (most|least) %\\(num\\)d form|time zone|min_days|clear checkbox"
)


def gaps() -> list[Gap]:
    """What the packages lack, in the order of their own catalogues."""
    return [
        Gap(package.name, message.context or None, message.id)
        for package in PACKAGES
        for message in originals(package)
        if message.id and is_shown(message, package) and is_lacking(message, package)
    ]


def translations(code: str, forms: int) -> dict[Key, Any]:
    """What the packages say themselves in a language, by context and string, in the number of forms of our catalogue.

    Django's French, Italian and Spanish have a form for whole millions in the middle, which ours do without.
    """
    return {
        key: fitted(string, forms)
        for package in PACKAGES
        for key, string in own_translations(package, code).items()
        if is_good(string, code)
    }


def fitted(string: Any, forms: int) -> Any:
    """A translation in ``forms`` forms: the first ones and the last, which is the one for most numbers."""
    return (*string[: forms - 1], string[-1]) if isinstance(string, tuple) else string


def is_shown(message: Message, package: Package) -> bool:
    """Whether a string comes from one of the modules that speak on public pages, and may come up there."""
    return not NEVER_SHOWN.search(str(message.id)) and any(
        place.startswith(package.modules) for place, _line in message.locations
    )


def is_lacking(message: Message, package: Package) -> bool:
    """Whether one of our languages has no good translation of it."""
    key = (message.context or None, message.id)
    return not all(is_good(own_translations(package, code).get(key), code) for code in CODES if code != SOURCE)


def is_good(string: Any, code: str) -> bool:
    """Whether a translation is there in all its forms, and written as the language is."""
    forms = string if isinstance(string, tuple) else (string,)
    return all(forms) and not (code == "ro" and any(CEDILLAS & set(form) for form in forms))


@cache
def originals(package: Package) -> Catalog:
    """The package's strings in the source language, with the places in its code that they come from."""
    with _path(package, SOURCE).with_suffix(".po").open("rb") as file:
        return read_po(file, locale=SOURCE)


@cache
def own_translations(package: Package, code: str) -> dict[Key, Any]:
    """What the package says in a language, by context and string; empty where it does not know the language.

    Read from the compiled catalogue, which is what Django reads: in some sources of Django the plural rule is not the
    one in use. Babel leaves contexts there as bytes and plurals as lists.
    """
    path = _path(package, code).with_suffix(".mo")
    if not path.exists():
        return {}
    with path.open("rb") as file:
        messages = list(read_mo(file))
    return {
        (message.context.decode() if message.context else None, plain(message.id)): plain(message.string)
        for message in messages
        if message.id
    }


def plain(string: Any) -> Any:
    """A string as it is, several forms as a tuple."""
    return tuple(string) if isinstance(string, list) else string


def _path(package: Package, code: str) -> Path:
    spec = importlib.util.find_spec(package.name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package.name)
    return Path(spec.origin).parent / package.catalogues / code / "LC_MESSAGES" / "django"
