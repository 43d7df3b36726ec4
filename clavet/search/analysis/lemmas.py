"""The dictionary form of a word, looked up: ``taught`` is of ``teach``, ``παιδιού`` of ``παιδί``.

simplemma brings the dictionaries. Read as it reads them they take 450 MB; here each is compiled once into a trie that
lies in a file and is mapped into memory, some 13 MB for nine languages, shared by all processes. Keys are folded
forms, so that a word typed without accents is found; a form has all the lemmas that any of its accented forms has.
"""

from __future__ import annotations

import fcntl
import gc
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
from clavet.search.analysis import endings, folding

# Beside the code and left out of Git, as the compiled catalogues are.
FOLDER = Path(__file__).parent / "dictionaries"
# simplemma has one dictionary for Bosnian, Croatian and Serbian; its Cyrillic half stays out.
DICTIONARIES = {code: code for code in CODES} | {"hr": "hbs"}
WORD = re.compile(r"[a-zα-ω]+")
BUILDERS = 2
# What stands before an ending in the trie; no word begins so.
ENDING = "-"


def lemmas_of(folded: str, language: str) -> tuple[str, ...]:
    """The folded lemmas of a folded form; empty for a form that the dictionary of ``language`` does not have."""
    return tuple(endings.changed(folded, made) for made in trie_of(language).get(folded, ()))


def is_lemma(folded: str, language: str) -> bool:
    """Whether a folded word is a lemma of the dictionary of ``language``."""
    return folded in lemmas_of(folded, language)


def guessed_lemma(folded: str, language: str) -> str:
    """What would be the lemma of a folded word that the dictionary lacks, going by how others end like it."""
    trie = trie_of(language)
    return endings.guessed(folded, lambda ending: next(iter(trie.get(ENDING + ending, ())), None))


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
    for path in (Path(__file__), Path(folding.__file__), Path(endings.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def remove_outdated(folder: Path) -> None:
    """Removes what earlier versions compiled; a process that still has one mapped keeps it."""
    current = {path_of(folder, language) for language in CODES}
    for path in set(folder.glob("*.trie")) - current:
        path.unlink(missing_ok=True)


def build(folder: Path, language: str) -> None:
    """Compiles the dictionary of one language, in one step: a server may be reading the one before."""
    # Millions of strings, none in a circle: looking for circles among them would double the time.
    gc.disable()
    path = path_of(folder, language)
    unfinished = path.with_suffix(f".{os.getpid()}.unfinished")
    first, more = folded_dictionary(language)
    marisa_trie.BytesTrie(entries(first, more)).save(str(unfinished))
    unfinished.replace(path)


def folded_dictionary(language: str) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Every folded form of the dictionary with its folded lemma, and what further lemmas some forms have.

    simplemma gives a form one lemma only, and where two words share a form the other is lost: it says of ``μαθητής``
    that it is of ``μαθήτρια``. So a form that is a lemma of others is one of its own lemmas too.
    """
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    first: dict[str, str] = {}
    more: dict[str, set[str]] = defaultdict(set)
    folded_lemmas: dict[str, str] = {}
    for form, lemma in DefaultDictionaryFactory(cache_max_size=1).get_dictionary(DICTIONARIES[language]).items():
        folded_lemma = folded_lemmas.get(lemma) or folded_lemmas.setdefault(lemma, folding.fold(lemma, language))
        folded = folding.fold(form, language)
        if not (WORD.fullmatch(folded) and WORD.fullmatch(folded_lemma)):
            continue
        if first.setdefault(folded, folded_lemma) != folded_lemma:
            more[folded].add(folded_lemma)
    for lemma in set(first.values()).union(*more.values()):
        if first.setdefault(lemma, lemma) != lemma:
            more[lemma].add(lemma)
    return first, dict(more)


def entries(first: dict[str, str], more: dict[str, set[str]]) -> Iterator[tuple[str, bytes]]:
    """What the trie holds: the changes from each form to its lemmas, and the rules for endings, set apart by a sign.

    The lemmas of a lemma are lemmas of its forms.
    """
    every, sample = len(first) // endings.ENOUGH + 1, []
    for number, (form, lemma) in enumerate(first.items()):
        lemmas = {lemma} | more[form] if form in more else {lemma}
        if form in more or first[lemma] != lemma or lemma in more:
            lemmas = lemmas.union(*({first[known]} | more.get(known, set()) for known in lemmas))
        for known in sorted(lemmas):
            yield form, endings.change(form, known)
            if number % every == 0:
                sample.append((form, known))
    for ending, made in endings.learn(sample).items():
        yield ENDING + ending, made
