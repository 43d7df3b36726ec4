"""The dictionary form of a word, looked up: ``taught`` is of ``teach``, ``παιδιού`` of ``παιδί``.

simplemma brings the dictionaries. Read as it reads them they take 450 MB; here each is compiled once into a trie that
lies in a file and is mapped into memory, some 13 MB for nine languages, shared by all processes. Keys are folded
forms, so that a word typed without accents is found; a form has all the lemmas that any of its accented forms has.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

import marisa_trie

from clavet.languages import CODES
from clavet.search.analysis import folding

# Beside the code and left out of Git, as the compiled catalogues are.
FOLDER = Path(__file__).parent / "dictionaries"
# simplemma has one dictionary for Bosnian, Croatian and Serbian; its Cyrillic half stays out.
DICTIONARIES = {code: code for code in CODES} | {"hr": "hbs"}
WORD = re.compile(r"[a-zα-ω]+")
BUILDERS = 2


def lemmas_of(folded: str, language: str) -> tuple[str, ...]:
    """The folded lemmas of a folded form; empty for a form that the dictionary of ``language`` does not have."""
    return tuple(applied(folded, edit) for edit in trie_of(language).get(folded, ()))


def is_known(folded: str, language: str) -> bool:
    """Whether the dictionary of ``language`` has a folded form."""
    return folded in trie_of(language)


@lru_cache(maxsize=len(CODES))
def trie_of(language: str) -> marisa_trie.BytesTrie:
    """The compiled dictionary of a language, mapped into memory; built first where ``make run`` has not done so."""
    path = path_of(FOLDER, language)
    if not path.exists():
        build_changed(FOLDER)
    return marisa_trie.BytesTrie().mmap(str(path))


def build_changed(folder: Path = FOLDER) -> list[str]:
    """Compiles into ``folder`` each dictionary that is missing or out of date; the languages that were.

    Processes that come at once wait for the first. ``OSError`` where the folder cannot be written.
    """
    if not missing(folder):
        return []
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "building.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        languages = missing(folder)
        with ProcessPoolExecutor(BUILDERS, mp_context=get_context("spawn")) as builders:
            list(builders.map(build, [folder] * len(languages), languages))
        remove_outdated(folder)
    return languages


def missing(folder: Path) -> list[str]:
    """The languages whose dictionary ``folder`` lacks in the form of now, the largest first."""
    return [language for language in reversed(CODES) if not path_of(folder, language).exists()]


def path_of(folder: Path, language: str) -> Path:
    """Where the compiled dictionary of a language lies. Its name changes with whatever its content depends on."""
    return folder / f"{language}.{state()}.trie"


@lru_cache(maxsize=1)
def state() -> str:
    """A short digest of the packages and of the code that shape a compiled dictionary."""
    digest = hashlib.sha256(f"{version('simplemma')} {version('marisa-trie')} {sys.byteorder}".encode())
    for path in (Path(__file__), Path(folding.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def remove_outdated(folder: Path) -> None:
    """Removes what earlier versions compiled; a process that still has one mapped keeps it."""
    current = {path_of(folder, language) for language in CODES}
    for path in set(folder.glob("*.trie")) - current:
        path.unlink(missing_ok=True)


def build(folder: Path, language: str) -> None:
    """Compiles the dictionary of one language, in one step: a server may be reading the one before."""
    path = path_of(folder, language)
    unfinished = path.with_suffix(f".{os.getpid()}.unfinished")
    marisa_trie.BytesTrie(edits(all_lemmas(language))).save(str(unfinished))
    unfinished.replace(path)


def all_lemmas(language: str) -> dict[str, set[str]]:
    """Every folded form of the dictionary with all its folded lemmas.

    simplemma gives a form one lemma only, and where two words share a form the other is lost: it says of ``μαθητής``
    that it is of ``μαθήτρια``. So a form that is a lemma of others is one of its own lemmas too, and a lemma's lemmas
    are those of its forms.
    """
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    found: dict[str, set[str]] = defaultdict(set)
    for form, lemma in DefaultDictionaryFactory(cache_max_size=1).get_dictionary(DICTIONARIES[language]).items():
        form, lemma = folding.fold(form, language), folding.fold(lemma, language)
        if WORD.fullmatch(form) and WORD.fullmatch(lemma):
            found[form].add(lemma)
    for lemma in {lemma for lemmas in found.values() for lemma in lemmas}:
        found[lemma].add(lemma)
    direct = dict(found)
    return {form: lemmas.union(*(direct[lemma] for lemma in lemmas)) for form, lemmas in direct.items()}


def edits(found: dict[str, set[str]]) -> Iterator[tuple[str, bytes]]:
    """Each form with what makes a lemma of it: how many letters go at its end, and what comes there instead."""
    for form, lemmas in found.items():
        for lemma in lemmas:
            shared = next((at for at, (a, b) in enumerate(zip(form, lemma, strict=False)) if a != b), None)
            shared = min(len(form), len(lemma)) if shared is None else shared
            yield form, bytes([len(form) - shared]) + lemma[shared:].encode()


def applied(form: str, edit: bytes) -> str:
    """``form`` with an edit made."""
    return form[: len(form) - edit[0]] + edit[1:].decode()
