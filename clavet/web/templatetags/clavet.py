"""The few tags that our templates need beside Django's."""

from __future__ import annotations

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
    """The boxes of a field of several choices, in their groups; those without a group under an empty label."""
    groups = field.field.widget.optgroups(field.html_name, field.field.widget.format_value(field.value()))
    flat = [option for label, options, _index in groups if not label for option in options]
    found = [SimpleNamespace(label="", options=flat)] if flat else []
    found += [SimpleNamespace(label=label, options=options) for label, options, _index in groups if label]
    for group in found:
        group.options = [
            SimpleNamespace(
                name=option["name"],
                value=option["value"],
                label=option["label"],
                selected=option["selected"],
                id=f"{field.auto_id}_{option['index']}",
            )
            for option in group.options
        ]
    return found


@register.simple_tag
def text(value: Text | None) -> str:
    """A ``Text``, escaped, in a ``span`` with its ``lang`` where that is not the page's."""
    if not value:
        return ""
    if value.foreign:
        return format_html('<span lang="{}">{}</span>', value.lang, value.value)
    return conditional_escape(value.value)
