"""“Tried in places like mine”: the practices of authorities that resemble one which the address names (``?like=``)."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clavet.library.kinds import Narrowing
from clavet.vocabulary.tree import read_tree
from network.finding import PREFIX
from network.models import Authority
from network.similarity import records_from_places_like, traits_in_words

PARAMETER = "like"


def narrowing(query: QueryDict, language: str) -> Narrowing | None:
    """The practices from places like the authority that is named; ``None`` for a code that names none."""
    code = query.get(PARAMETER, "")
    authority = Authority.objects.visible().filter(code_id=code).first() if code.startswith(PREFIX) else None
    if authority is None:
        return None
    name = authority.name_in(language)
    shown = format_html('<a href="{}"{}>{}</a>', authority.url_in(language), name.lang_attribute, name.value)
    traits = traits_in_words(authority, read_tree(language).labels)
    return Narrowing(
        parameter=PARAMETER,
        value=code,
        records=records_from_places_like(authority),
        label=_("in places like %(code)s") % {"code": code},
        html=format_html(
            "<span>{}</span> · <span>{}</span>",
            with_value(_("Tried in places like %(value)s"), shown),
            with_value(
                _("They share some of this with it: %(value)s"),
                format_html_join(", ", "<span>{}</span>", ((trait,) for trait in traits)),
            ),
        ),
    )


def with_value(sentence: str, value: SafeString) -> SafeString:
    """A sentence with markup in the place of ``%(value)s``."""
    return format_html(conditional_escape(sentence).replace("%(value)s", "{}"), value)
