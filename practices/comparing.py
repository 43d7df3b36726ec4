"""Practices side by side: what it took and what came of it first, then what is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import SimpleNamespace

from django.utils.text import Truncator
from django.utils.translation import gettext as _, gettext_lazy
from django_countries import countries

from clavet.library.comparing import Line
from clavet.library.kinds import Comparing
from clavet.library.page import Material
from clavet.publishing.effects import plain
from clavet.web.markdown import render
from network.facts import Kind
from network.models import Authority
from practices import adopted, library

# How many words of the longest text stand in a cell; the rest is on the page.
WORDS = 60
TEXTS = ("summary", "what_was_done", "what_did_not_work", "how_to_transfer", "depends_on", "after_funding")


def lines(materials: Sequence[Material]) -> list[list[Line]]:
    """The lines of each practice, in the same order for all."""
    given = {material.record.authority for material in materials} - {""}
    owners = {owner.code_id: owner for owner in Authority.objects.filter(code_id__in=given)}
    return [list(lines_of(material, owners.get(material.record.authority))) for material in materials]


def lines_of(material: Material, owner: Authority | None) -> Iterator[Line]:
    """What came of it, who did it, the other facts, the texts."""
    outcome, *others = library.every_fact(material)
    yield fact(outcome)
    yield Line(_("Authority"), library.named(owner, material.choice.page) if owner else "")
    yield Line(_("Kind of authority"), str(Kind(owner.kind).label) if owner and owner.kind else "")
    yield Line(_("Size of the authority"), str(owner.size.label) if owner and owner.size else "")
    yield Line(_("Country"), countries.name(owner.country.code) if owner else "")
    yield from map(fact, others)
    number = material.record.adopted_by
    yield Line(_("Adapted elsewhere"), adopted.adapted_by(number) if number else "")
    for name in TEXTS:
        yield told(material, name)


def fact(given: SimpleNamespace) -> Line:
    """A fact of the page as a line."""
    return Line(given.label, given.value, tone=given.tone, link=given.link)


def told(material: Material, name: str) -> Line:
    """One of its texts; of the longest the beginning."""
    text, label = material.text(name), str(material.record.shape.text(name).label)
    if not text:
        is_unknown = name in material.neutral.get("unknown", ())
        return Line(label, _("not known from public sources") if is_unknown else "", tone="fine")
    if name != "what_was_done":
        return Line(label, render(text.value, headings=False), text.lang_attribute)
    words = " ".join(plain(text.value).split())
    short = Truncator(words).words(WORDS, truncate=" …")
    more = f"{material.record.url_in(material.choice.page)}#{name}" if short != words else ""
    return Line(label, short, text.lang_attribute, more=more)


COMPARING = Comparing(
    lines=lines,
    heading=gettext_lazy("Practices side by side"),
    lead=gettext_lazy("Two to four practices, fact by fact: what each took, what came of it, what did not work."),
    this_one=gettext_lazy("Compare with other practices"),
    these=gettext_lazy("Compare the practices of this list"),
    too_few=gettext_lazy("Please choose at least two practices to compare."),
    too_many=gettext_lazy("At most four practices fit side by side. These were left out: %(codes)s."),
    add=gettext_lazy("Add a practice"),
)
