"""What a catalogue must be before readers meet it: complete, certain, and true to the placeholders of the code."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from clavet.languages import CODES, SOURCE
from clavet.operations import catalogues, extraction

# %(name)s, %s and {name}; a doubled %% or {{ is text.
PLACEHOLDER = re.compile(r"%%|\{\{|\}\}|%\(\w+\)[sdif]|%[sdif]|\{\w*\}")
TAG = re.compile(r"</?\w+")
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = 4


def problems(project: Path) -> list[str]:
    """Everything that is wrong with the nine catalogues of ``project``, one line each; empty when all is well."""
    template = extraction.collect(project)
    found: list[str] = []
    for code in CODES:
        path = catalogues.path_of(project / "locale", code)
        if not path.exists():
            found.append(f"{code}: there is no catalogue; run `make messages`")
            continue
        if extraction.updated(template, path, code) != path.read_bytes():
            found.append(f"{code}: the strings are not those of the code; run `make messages`")
        found += [f"{code}: {line}" for line in problems_of(catalogues.read(path, code))]
    return found


def problems_of(catalog: Catalog) -> Iterator[str]:
    """What is wrong with the entries of one catalogue."""
    for message in catalog:
        if not message.id:
            continue
        shown = extraction.as_tuple(message.id)[0]
        for problem in problems_of_message(catalog, message):
            yield f"{shown!r}: {problem}"


def problems_of_message(catalog: Catalog, message: Message) -> Iterator[str]:
    """What is wrong with one entry."""
    forms = extraction.as_tuple(message.string)
    if message.fuzzy:
        yield "fuzzy"
    if not all(form and form.strip() for form in forms) or len(forms) != expected_forms(catalog, message):
        yield "empty, or a plural form is missing"
        return
    for form, allowed in zip(forms, allowed_originals(catalog, message), strict=True):
        if marks(form) not in [marks(original) for original in allowed]:
            yield f"placeholders or tags differ in {form!r}"
    if catalog.locale_identifier != SOURCE and forms == extraction.as_tuple(message.id) and is_sentence(forms[0]):
        yield "still in English"
    for error in message.check(catalog):
        yield str(error)


def is_sentence(text: str) -> bool:
    """Whether a text has so many words that it cannot be the same in two languages by chance."""
    return len(WORD.findall(PLACEHOLDER.sub("", text))) >= SENTENCE


def expected_forms(catalog: Catalog, message: Message) -> int:
    """How many forms an entry has in the language of its catalogue."""
    return catalog.num_plurals if message.pluralizable else 1


def allowed_originals(catalog: Catalog, message: Message) -> list[tuple[str, ...]]:
    """For each form of an entry, the originals of which it may have the placeholders.

    A form for one number only may leave that number out, as English does in "one fiche". Croatian's first form is
    for 1, 21 and 31 and French's for 0 and 1: these must name it.
    """
    originals = extraction.as_tuple(message.id)
    if not message.pluralizable:
        return [originals]
    rule = gettext.c2py(catalog.plural_expr)
    numbers = [rule(number) for number in range(1000)]
    return [originals if numbers.count(form) == 1 else originals[1:] for form in range(catalog.num_plurals)]


def marks(text: str) -> list[str]:
    """Placeholders and tags of a text, sorted."""
    found = [mark for mark in PLACEHOLDER.findall(text) if mark not in {"%%", "{{", "}}"}]
    return sorted(found + TAG.findall(text))
