"""What was made of a record in other rooms: each says its own, so that a page names what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import SimpleNamespace

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from clavet.publishing.models import Record
from clavet.web.texts import Text

Maker = Callable[[Record, str], Iterable[SimpleNamespace]]
MAKERS: list[Maker] = []


def register(maker: Maker) -> None:
    """Add a function that gives what was made of a record, in a language; once."""
    if maker not in MAKERS:
        MAKERS.append(maker)


def made_of(record: Record, language: str) -> list[SimpleNamespace]:
    """What the public may know to have been made of ``record``."""
    return [line for maker in MAKERS for line in maker(record, language)]


def line(sentence: str | Promise, record: Record, language: str) -> SimpleNamespace:
    """``sentence`` about a record that the public may read, with its title in ``%(title)s``, leading to its page."""
    own = getattr(record, f"title_{language}")
    title = Text(own, language, language) if own else Text(record.source_title, record.source_language, language)
    return SimpleNamespace(label=_with(sentence, title), url=record.url_in(language))


def _with(sentence: str | Promise, title: Text) -> SafeString:
    marked = format_html("<cite{}>{}</cite>", title.lang_attribute, title.value)
    return format_html(conditional_escape(sentence) % {"title": "{}"}, marked)
