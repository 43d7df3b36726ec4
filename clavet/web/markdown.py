"""The Markdown subset of long texts, made into HTML that is safe to show."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"} | {
    "a", "em", "strong", "blockquote", "br", "hr", "code"
}  # fmt: skip

PARSER = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "html_block", "html_inline"])


def render(source: str, *, top_heading: int = 3, headings: bool = True) -> SafeString:
    """``source`` as HTML: headings from level ``top_heading`` (higher ones sink to it), lists, tables, links, quotes.
    Without ``headings`` they are paragraphs: for what stands in the cell of a table.

    Raw HTML is shown as text; what is left passes a sanitiser, so that even a slip of the parser does no harm.
    """
    tokens = PARSER.parse(source)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{max(int(token.tag[1]), top_heading)}" if headings else "p"
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    return mark_safe(  # noqa: S308 - nh3 has cleaned it
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"a": {"href"}, "ol": {"start"}},
            url_schemes={"https", "http", "mailto"},
            link_rel="noopener",
        )
    )
