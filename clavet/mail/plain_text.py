"""The text part of an e-mail: the same Markdown, as one writes a letter on a typewriter."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode


def as_text(tokens: Sequence[Token]) -> str:
    """Parsed Markdown as plain text: no signs of markup, links as plain addresses behind their words."""
    return _blocks(SyntaxTreeNode(tokens).children) + "\n"


def _blocks(nodes: Sequence[SyntaxTreeNode], between: str = "\n\n") -> str:
    return between.join(_block(node) for node in nodes)


def _block(node: SyntaxTreeNode) -> str:
    """One paragraph, heading, list, quotation or line."""
    if node.type in ("bullet_list", "ordered_list"):
        return "\n".join(_item(item, number) for number, item in enumerate(node.children, start=1))
    if node.type == "blockquote":
        return _indented(_blocks(node.children), "> ", "> ")
    if node.type == "hr":
        # What mail programs take for the beginning of a signature.
        return "-- "
    inline = node.children[0]
    if len(inline.children) == 1 and inline.children[0].type == "link":
        return _link(inline.children[0], "{words}\n{address}")
    return "".join(_inline(child) for child in inline.children).strip()


def _item(item: SyntaxTreeNode, number: int) -> str:
    sign = f"{number}. " if item.parent and item.parent.type == "ordered_list" else "- "
    return _indented(_blocks(item.children, "\n"), sign, " " * len(sign))


def _indented(text: str, first: str, others: str) -> str:
    """``text`` with one sign before its first line and another before the rest."""
    return first + text.replace("\n", f"\n{others}")


def _inline(node: SyntaxTreeNode) -> str:
    """Words in a paragraph."""
    if node.type == "text":
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    if node.type == "link":
        return _link(node, "{words} ({address})")
    return "".join(_inline(child) for child in node.children)


def _link(node: SyntaxTreeNode, form: str) -> str:
    words = "".join(_inline(child) for child in node.children).strip()
    address = str(node.attrs["href"]).removeprefix("mailto:")
    return address if words in ("", address) else form.format(words=words, address=address)
