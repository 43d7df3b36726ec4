"""The vocabulary for people: all topics, and a page for each."""

from __future__ import annotations

from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from clavet.languages import LANGUAGES
from clavet.vocabulary.models import Concept
from clavet.vocabulary.tree import Tree, read_tree
from clavet.web.crumbs import crumbs
from clavet.web.lists import address
from clavet.web.meta import Meta, absolute, in_all_languages, json_ld
from clavet.web.rooms import ROOMS
from clavet.web.texts import Text

CARDS = 20
SCHEMES = {
    "eurovoc.europa.eu": "EuroVoc",
    "data.europa.eu/esco": "ESCO",
    "isced-f": "ISCED-F",
    "publications.europa.eu/resource/authority": "EU authority tables",
}


def totals() -> dict[str, int]:
    """How many public records carry each concept or one narrower than it."""
    found: dict[str, int] = {}
    for room in ROOMS:
        for key, number in room.topic_counts().items():
            found[key] = found.get(key, 0) + number
    return found


def topic(tree: Tree, counts: dict[str, int], key: str) -> SimpleNamespace:
    """A concept as a link with its count."""
    return SimpleNamespace(
        label=tree.labels[key], url=reverse("vocabulary:concept", args=[key]), count=counts.get(key, 0)
    )


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All topics, below their top concepts."""
    tree, counts = read_tree(get_language()), totals()
    tops = []
    for top in tree.tops():
        entry = topic(tree, counts, top)
        entry.narrower = [topic(tree, counts, key) for key in tree.by_label(tree.narrower.get(top, []))]
        tops.append(entry)
    context = {
        "tops": tops,
        "downloads": downloads("vocabulary-file"),
        "breadcrumbs": crumbs(_("Topics")),
        "meta": Meta(
            title=f"{_('Topics')} · CLAVET",
            description=_("The topics of local education and training, in nine languages, from broad to narrow."),
            canonical=absolute(request.path),
            alternates=in_all_languages(request.path),
        ),
    }
    return render(request, "vocabulary/index.html", context)


def downloads(name: str, *args: str) -> list[SimpleNamespace]:
    """Links to the SKOS files behind ``name``."""
    return [
        SimpleNamespace(label=label, url=reverse(name, args=[*args, format_name]))
        for format_name, label in (("ttl", "SKOS, Turtle"), ("jsonld", "SKOS, JSON-LD"))
    ]


@require_safe
def concept(request: HttpRequest, concept_id: str) -> HttpResponse:
    """One concept: its labels in all languages, its neighbours, the records that carry it."""
    language = get_language()
    found = Concept.objects.prefetch_related("related", "alternatives").filter(pk=concept_id).first()
    if found is None:
        raise Http404
    tree, counts = read_tree(language), totals()
    label = Text(tree.labels[found.pk], language, language)
    view = SimpleNamespace(
        id=found.pk,
        uri=found.uri,
        label=label,
        definition=Text(getattr(found, f"definition_{language}"), language, language),
        broader=[topic(tree, counts, key) for key in tree.by_label(tree.broader.get(found.pk, []))],
        narrower=[topic(tree, counts, key) for key in tree.by_label(tree.narrower.get(found.pk, []))],
        related=[topic(tree, counts, key) for key in tree.by_label(other.pk for other in found.related.all())],
        labels=labels(found),
        matches=[SimpleNamespace(uri=uri, scheme=scheme_of(uri)) for uri in found.exact_match],
    )
    context = {
        "concept": view,
        "cards": [card for room in ROOMS for card in room.cards_of(language, found.pk, CARDS)],
        "total": counts.get(found.pk, 0),
        "list_url": address(ROOMS[0].url(), {"topic": [found.pk]}) if ROOMS else "",
        "downloads": downloads("concept-file", found.pk),
        "breadcrumbs": crumbs((_("Topics"), reverse("vocabulary:index")), label.value),
        "meta": Meta(
            title=f"{label.value} · CLAVET",
            description=view.definition.value,
            canonical=absolute(request.path),
            alternates=in_all_languages(request.path),
            json_ld=json_ld(defined_term(found, view)),
        ),
    }
    return render(request, "vocabulary/concept.html", context)


def labels(found: Concept) -> list[SimpleNamespace]:
    """The concept's labels, a line for each language."""
    alternatives: dict[str, list[str]] = {}
    for label in found.alternatives.all():
        alternatives.setdefault(label.language, []).append(label.text)
    return [
        SimpleNamespace(
            code=code, name=name, preferred=getattr(found, f"preferred_{code}"), alternative=alternatives.get(code, [])
        )
        for code, name in LANGUAGES
    ]


def scheme_of(uri: str) -> str:
    """The vocabulary that an exact match belongs to."""
    return next((name for part, name in SCHEMES.items() if part in uri), uri)


def defined_term(found: Concept, view: SimpleNamespace) -> dict:
    """The concept in schema.org terms."""
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "@id": found.uri,
        "termCode": found.pk,
        "name": view.label.value,
        "description": view.definition.value,
        "inDefinedTermSet": absolute("/vocabulary.jsonld"),
        "sameAs": found.exact_match,
    }
