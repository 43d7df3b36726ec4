"""Authorities as cards: the few lines by which a reader decides whether to open one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace

from django.utils.translation import gettext as _

from clavet.vocabulary.tree import read_tree
from clavet.web.texts import Text
from network.models import Authority

TOPICS = 3


@dataclass(frozen=True)
class AuthorityCard:
    """One authority in a list."""

    code: str
    url: str
    kind: str
    place: str
    name: Text
    own_name: Text | None
    notes: list[str]
    topics: list[str]
    marks: list[SimpleNamespace]
    reasons: Sequence[str] = ()


def cards_of(codes: Sequence[str], language: str) -> list[AuthorityCard]:
    """The cards of visible authorities, in the order of ``codes``."""
    found = {authority.code_id: authority for authority in Authority.objects.visible().filter(code_id__in=codes)}
    labels = read_tree(language).labels
    return [card(found[code], labels, language) for code in codes if code in found]


def card(authority: Authority, labels: dict[str, str], language: str, reasons: Iterable[str] = ()) -> AuthorityCard:
    """One card, for readers of ``language``."""
    name = authority.name_in(language)
    own = Text(authority.own_name, authority.own_language, language)
    notes = [authority.size.label if authority.size else "", authority.get_urbanisation_display()]
    return AuthorityCard(
        code=authority.code_id,
        url=authority.url_in(language),
        kind=authority.get_kind_display(),
        place=authority.country.name,
        name=name,
        own_name=own if own.value != name.value else None,
        notes=[str(note) for note in notes if note],
        topics=[labels[topic] for topic in authority.topics_offered if topic in labels][:TOPICS],
        marks=marks(authority),
        reasons=tuple(reasons),
    )


def marks(authority: Authority) -> list[SimpleNamespace]:
    """What a reader should know at once: invented, a member, not one any more."""
    found = []
    if authority.is_example:
        found.append(("example", _("Example")))
    if authority.status == Authority.Status.MEMBER:
        found.append(("member", _("Member")))
    if authority.status == Authority.Status.FORMER:
        found.append(("former", _("Former member")))
    return [SimpleNamespace(value=value, label=label) for value, label in found]
