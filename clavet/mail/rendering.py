"""From one Markdown template to subject, text and HTML, so that the two parts cannot differ.

What people wrote never passes through the template engine's output or the Markdown parser: the template gets each text
as a ``Data``, which leaves only a mark behind, and the text takes the mark's place when the Markdown has been read. So
it cannot make a heading, a link or a tag, whatever signs are in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import nh3
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import override
from markdown_it import MarkdownIt
from markdown_it.token import Token

from clavet.mail.plain_text import as_text
from clavet.mail.registry import Message

LONGEST_SUBJECT = 200

TAGS = {"p", "h1", "h2", "h3", "ul", "ol", "li", "a", "em", "strong", "blockquote", "br", "hr"}

# A line break in a template is one in the e-mail. Indented lines are no code: templates indent what is inside an `if`.
PARSER = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["image", "html_block", "html_inline", "code", "fence", "backticks", "lheading", "reference"]
)

MARK = re.compile(r"clavetdatum(\d+)x")

# Signs that turn the direction of what stands around them: a name must not rearrange the sentence that it is in.
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Data(str):
    """A text that somebody wrote. Templates compare it as what it is, and print its mark."""

    mark: str

    def __html__(self) -> str:
        """What Django prints instead of escaping."""
        return self.mark


@dataclass(frozen=True)
class Rendered:
    """An e-mail in one language."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class About:
    """What the layout says around the body: to whom, why, and how to stop it."""

    person: str
    site_url: str
    stop_url: str = ""
    preferences_url: str = ""


def render(message: Message, language: str, context: dict[str, Any], about: About) -> Rendered:
    """``message`` with ``context`` (plain values), in ``language``. Raises ``TemplateDoesNotExist``."""
    texts: list[str] = []
    with override(language):
        values = {**context, "mail": {**vars(about), "label": message.label, "essential": message.essential}}
        source = get_template(message.template).render(_marked(values, texts))
        head, _newline, body = source.strip().partition("\n")
        subject = " ".join(MARK.sub(lambda mark: texts[int(mark[1])], head).split())[:LONGEST_SUBJECT]
        tokens = list(_filled(PARSER.parse(body), texts))
        html = nh3.clean(
            PARSER.renderer.render(tokens, PARSER.options, {}),
            tags=TAGS,
            attributes={"a": {"href"}},
            url_schemes={"https", "http", "mailto"},
            link_rel=None,
        )
        page = {"subject": subject, "language": language, "body": mark_safe(html)}  # noqa: S308 - nh3 has cleaned it
        return Rendered(subject, as_text(tokens), get_template("mail/layout.html").render(page))


def _marked(value: Any, texts: list[str]) -> Any:
    """``value`` with each text in it as a ``Data``; the texts themselves go into ``texts``."""
    if isinstance(value, dict):
        return {key: _marked(item, texts) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_marked(item, texts) for item in value]
    if isinstance(value, (str, Promise)):
        text = _harmless(str(value))
        data = Data(text)
        data.mark = f"clavetdatum{len(texts)}x"
        texts.append(text)
        return data
    return value


def _harmless(text: str) -> str:
    """A text without control characters (line breaks stay) and without signs that turn the direction of writing."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
    return TURNING.sub("", kept)


def _filled(tokens: list[Token], texts: list[str]) -> Iterator[Token]:
    """The tokens with texts in the place of their marks. Line breaks of a text stay in a quotation and nowhere else."""
    quoted = 0
    for token in tokens:
        quoted += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.children:
            token.children = list(_filled_inline(token.children, texts, keep_lines=quoted > 0))
        yield token


def _filled_inline(children: list[Token], texts: list[str], *, keep_lines: bool) -> Iterator[Token]:
    """What is inside a paragraph, filled. A link to anything but a web or mail address becomes its words alone."""
    refused: list[bool] = []
    for token in children:
        if token.type == "link_open":
            href = MARK.sub(lambda mark: texts[int(mark[1])], str(token.attrs["href"]))
            refused.append(not _is_address(href))
            token.attrs["href"] = href
        is_refused = token.type in ("link_open", "link_close") and refused[-1]
        if token.type == "link_close":
            refused.pop()
        if token.type == "text":
            text = MARK.sub(lambda mark: texts[int(mark[1])], token.content)
            yield from _lines(text) if keep_lines else [_text(re.sub(r"\s*\n\s*", " ", text))]
        elif not is_refused:
            yield token


def _lines(text: str) -> Iterator[Token]:
    """A text as one token for each line, with breaks between them."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Token("hardbreak", "br", 0)
        yield _text(line)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _is_address(href: str) -> bool:
    """Whether a link may lead there."""
    if re.search(r"[\s<>\"]", href):
        return False
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return parts.scheme == "mailto" or (parts.scheme in ("http", "https") and bool(parts.netloc))
