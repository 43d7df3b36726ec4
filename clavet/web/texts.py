"""A text and the language that it is in, so that no page shows one as the other."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Text:
    """A ``value`` in language ``lang``, read on a page in language ``page``."""

    value: str
    lang: str
    page: str

    @property
    def foreign(self) -> bool:
        """Whether the text is in another language than the page."""
        return self.lang != self.page

    @property
    def lang_attribute(self) -> SafeString:
        """`` lang="el"`` for an element that holds this text alone; empty where the page says it already."""
        return format_html(' lang="{}"', self.lang) if self.foreign else mark_safe("")

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return self.value
