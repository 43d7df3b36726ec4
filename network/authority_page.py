"""The page of an authority: what there is to say of it, and nothing where there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django_countries import countries

from clavet.languages import CODES, own_name
from clavet.library.cards import cards_in_order
from clavet.library.kinds import LIBRARIES
from clavet.library.page import fact_line
from clavet.publishing import facets
from clavet.publishing.ordering import Ordered, order
from clavet.search import facet_store
from clavet.vocabulary.tree import read_tree
from clavet.web.lists import address
from clavet.web.meta import Meta, absolute, json_ld, with_default
from clavet.web.texts import Text
from network.cards import card, marks
from network.facts import Kind
from network.models import Authority
from network.people import people_of
from network.similarity import places_like, reasons, records_from_places_like

RECORDS = 10
# Kinds of authority that are organs of government in the terms of schema.org; all others are organisations.
GOVERNMENT = frozenset((
    Kind.MUNICIPALITY, Kind.INTER_MUNICIPAL, Kind.PROVINCE, Kind.REGION, Kind.INSPECTORATE, Kind.EUROREGION,
))  # fmt: skip


def context(authority: Authority, language: str) -> dict[str, Any]:
    """What the template of the page needs."""
    labels = read_tree(language).labels
    description = authority.description_in(language)
    own = Text(authority.own_name, authority.own_language, language)
    name = authority.name_in(language)
    return {
        "authority": authority,
        "name": name,
        "own_name": own if own.value != name.value else None,
        "kind": authority.get_kind_display(),
        "marks": marks(authority),
        "notice": notice(authority),
        "description": description,
        "facts": list(facts(authority)),
        "languages_spoken": languages_of(authority),
        "topics": list(topics(authority, labels)),
        "libraries": list(records_of(authority, language)),
        "alike": like(authority, labels, language),
        "tried_url": tried_url(authority),
        "people": people_of(authority, for_members=False),
        "is_member": authority.status == Authority.Status.MEMBER,
        "people_url": reverse("network:contacts", args=[authority.code_id]),
        "permanent_url": absolute(authority.get_absolute_url()),
        "meta": meta(authority, name, description, language),
    }


def notice(authority: Authority) -> SimpleNamespace | None:
    """What a reader has to know before all else: that nobody there wrote this, or has left."""
    if authority.is_example:
        return SimpleNamespace(tone="act", text=_("This authority is an invented example."))
    if authority.status == Authority.Status.LISTED:
        return SimpleNamespace(
            tone="portal", text=_("Compiled from public sources. This authority is not a member of the network.")
        )
    if authority.status == Authority.Status.FORMER:
        return SimpleNamespace(tone="portal", text=_("This authority is no longer a member of the network."))
    return None


def facts(authority: Authority) -> Iterator[SimpleNamespace]:
    """Each fact that is known, its values leading to the authorities that share it."""
    path = reverse("directory:list")
    size, code = authority.size, authority.country.code
    for label, facet, value, words in (
        (_("Country"), "country", code, countries.name(code)),
        (_("Kind of authority"), "authority_kind", authority.kind, authority.get_kind_display()),
        (_("Governance level"), "level", authority.governance_level, authority.get_governance_level_display()),
        (_("Size of the authority"), "size", size.value if size else "", size.label if size else ""),
        (
            _("Degree of urbanisation"),
            "urbanisation",
            authority.urbanisation,
            authority.get_urbanisation_display(),
        ),
    ):
        if value:
            yield fact_line(path, label, facet, [(value, words)])
    for label, value in (
        (_("Population"), population(authority)),
        (_("NUTS code"), authority.nuts),
        (_("LAU code"), authority.lau),
        (_("Member since"), date_format(authority.joined_on, "YEAR_MONTH_FORMAT") if authority.joined_on else ""),
        (_("Role"), role(authority)),
    ):
        if value:
            yield SimpleNamespace(label=label, items=[SimpleNamespace(label=value, url=None)])


def population(authority: Authority) -> str:
    """The figure, with its year."""
    if authority.population is None:
        return ""
    figure = number_format(authority.population, use_l10n=True, force_grouping=True)
    return f"{figure} ({authority.population_year})" if authority.population_year else figure


def role(authority: Authority) -> str:
    """Its part in the founding of the network."""
    if authority.is_project_coordinator:
        return _("coordinator of the founding project")
    return _("founding partner") if authority.is_founding_partner else ""


def topics(authority: Authority, labels: dict[str, str]) -> Iterator[SimpleNamespace]:
    """What it offers, what it looks for, and what is hardest there; each topic leads to its page."""
    for name, heading, keys in (
        ("offered", _("What it offers"), authority.topics_offered),
        ("sought", _("What it looks for"), authority.topics_sought),
        ("challenges", _("Its greatest challenges"), authority.challenges),
    ):
        items = [
            SimpleNamespace(label=labels[key], url=reverse("vocabulary:concept", args=[key]))
            for key in keys
            if key in labels
        ]
        if items:
            yield SimpleNamespace(name=name, heading=heading, items=items, ranked=name == "challenges")


def records_of(authority: Authority, language: str) -> Iterator[SimpleNamespace]:
    """The public records that name it as theirs, kind by kind, newest first."""
    positions = facet_store.positions()
    named = positions.get("authority", {}).get(authority.code_id)
    for prefix, library in LIBRARIES.items() if named else ():
        found = named & facets.of_room(positions, prefix)
        if found:
            codes = Ordered(found, order(prefix, "newest", language))[:RECORDS]
            yield SimpleNamespace(
                name=library.name, heading=str(library.sentences.plural), cards=cards_in_order(codes, language)
            )


def like(authority: Authority, labels: dict[str, str], language: str) -> list[Any]:
    """The places that resemble it most, as cards that say in what."""
    found = places_like(authority)
    others = {other.code_id: other for other in Authority.objects.visible().filter(code_id__in=[a.code for a in found])}
    return [card(others[a.code], labels, language, reasons(a, labels)) for a in found if a.code in others]


def tried_url(authority: Authority) -> str:
    """The practices of places like this one; empty where there are none."""
    practices = facets.of_room(facet_store.positions(), "BP")
    if not records_from_places_like(authority) & practices:
        return ""
    return address(reverse("practices:list"), {"like": [authority.code_id]})


def languages_of(authority: Authority) -> list[SimpleNamespace]:
    """Its working languages, each under its own name."""
    return [SimpleNamespace(code=code, name=own_name(code)) for code in authority.languages]


def meta(authority: Authority, name: Text, description: Text, language: str) -> Meta:
    """The head of the page."""
    return Meta(
        title=f"{name.value} · CLAVET",
        lang=name.lang,
        description=description.value[:300] if description.lang == name.lang else "",
        canonical=absolute(authority.url_in(language)),
        alternates=with_default({code: absolute(authority.url_in(code)) for code in CODES}),
        json_ld=json_ld(organisation(authority, name, description, language)),
    )


def organisation(authority: Authority, name: Text, description: Text, language: str) -> dict[str, Any]:
    """The authority in schema.org terms."""
    others = {authority.own_name, *(getattr(authority, f"other_name_{code}") or "" for code in CODES)}
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization" if authority.kind in GOVERNMENT else "Organization",
        "@id": absolute(authority.get_absolute_url()),
        "identifier": authority.code_id,
        "url": absolute(authority.url_in(language)),
        "name": name.value,
        "alternateName": sorted(others - {"", name.value}),
        "address": {"@type": "PostalAddress", "addressCountry": authority.country.code},
    }
    if description:
        data["description"] = description.value
    if authority.website:
        data["sameAs"] = [authority.website]
    if authority.languages:
        data["knowsLanguage"] = authority.languages
    if authority.topics_offered:
        data["knowsAbout"] = [
            {"@type": "DefinedTerm", "@id": absolute(f"/vocabulary/{key}"), "termCode": key}
            for key in authority.topics_offered
        ]
    if authority.latitude is not None and authority.longitude is not None:
        data["location"] = {
            "@type": "Place",
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": str(authority.latitude),
                "longitude": str(authority.longitude),
            },
        }
    return data
