"""In which language a record is read, and what its readers are told about that. One place, for pages and lists."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from clavet.languages import CODES
from clavet.publishing.freshness import State, state_of
from clavet.publishing.models import Translation
from clavet.publishing.models.revisions import Method, Part


@dataclass(frozen=True)
class Choice:
    """The language of title and summary, that of the body, and the state in the reader's language."""

    page: str
    head: str
    body: str
    state: State
    translation: Translation | None

    @property
    def is_machine_made(self) -> bool:
        """Whether what the reader sees was translated by machine alone."""
        return self.translation is not None and self.translation.method == Method.MACHINE


def choose(source_language: str, translations: Iterable[Translation], page: str, now: datetime.datetime) -> Choice:
    """Choose for the whole record: the page's language if it is published there; title and summary in the page's and
    the body in the source language if just these are translated; else the source language."""
    if page == source_language:
        return Choice(page, page, page, State.SOURCE, None)
    translation = next((item for item in translations if item.language == page), None)
    state = state_of(translation, now)
    if state == State.MISSING:
        return Choice(page, source_language, source_language, state, None)
    body = source_language if state == State.SUMMARY else page
    return Choice(page, page, body, state, translation)


def states(
    source_language: str, translations: Iterable[Translation], now: datetime.datetime
) -> dict[str, tuple[State, Translation | None]]:
    """The state of a record in each of the nine languages, with its current translation."""
    by_language = {translation.language: translation for translation in translations}
    return {
        code: (State.SOURCE, None)
        if code == source_language
        else (state_of(by_language.get(code), now), by_language.get(code))
        for code in CODES
    }


def readable_languages(source_language: str, translations: Iterable[Translation]) -> list[str]:
    """The languages that a record has a text of its own in, summaries included, in the portal's order."""
    present = {source_language, *(translation.language for translation in translations)}
    return [code for code in CODES if code in present]


def published_languages(source_language: str, translations: Iterable[Translation]) -> list[str]:
    """The languages that a record has its full text in, current or outdated: those that search engines are told."""
    full = [translation for translation in translations if translation.part == Part.FULL]
    return readable_languages(source_language, full)
