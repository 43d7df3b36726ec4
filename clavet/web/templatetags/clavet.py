"""The few tags that our templates need beside Django's."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from types import SimpleNamespace

from django import template
from django.forms import BoundField
from django.template.base import FilterExpression, Parser, Token
from django.utils.html import conditional_escape, format_html

from clavet.cache.fragments import fragment
from clavet.web.texts import Text

register = template.Library()


class KeptNode(template.Node):
    """A part of a page that is kept between requests."""

    def __init__(self, nodes: template.NodeList, name: str, what: list[FilterExpression]) -> None:
        self.nodes, self.name, self.what = nodes, name, what

    def render(self, context: template.Context) -> str:
        """The part: made once for all pages on which it depends on the same."""
        what = [repr(item.resolve(context)) for item in self.what]
        return fragment(self.name, *what, make=lambda: self.nodes.render(context))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """``{% kept "name" what it depends on %}…{% endkept %}``: what is inside, kept until public content changes.

    The language of the page need not be named. Nothing of a person or a request may be inside.
    """
    _tag, name, *what = token.split_contents()
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodes, name.strip('"'), [parser.compile_filter(item) for item in what])


@register.filter
def choice_groups(field: BoundField) -> list[SimpleNamespace]:
    """The choices of a field in their groups; those of no group under an empty label."""
    choices = list(field)
    labels = [
        str(label or "")
        for label, options, _index in field.field.widget.optgroups(field.html_name, [])
        for _option in options
    ]
    return [
        SimpleNamespace(label=label, choices=[choice for _label, choice in several])
        for label, several in groupby(zip(labels, choices, strict=True), key=itemgetter(0))
    ]


@register.simple_tag
def text(value: Text | None) -> str:
    """A ``Text``, escaped, in a ``span`` with its ``lang`` where that is not the page's."""
    if not value:
        return ""
    if value.foreign:
        return format_html('<span lang="{}">{}</span>', value.lang, value.value)
    return conditional_escape(value.value)
