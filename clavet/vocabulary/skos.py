"""The vocabulary as SKOS, for machines (W3C SKOS Reference, 2009; ISO 25964 in its terms)."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from clavet.languages import CODES
from clavet.vocabulary.models import Concept

FORMATS = {"ttl": ("turtle", "text/turtle; charset=utf-8"), "jsonld": ("json-ld", "application/ld+json")}


def graph(concepts: Iterable[Concept]) -> Graph:
    """A graph of ``concepts`` (with ``broader``, ``narrower``, ``related`` and ``alternatives`` prefetched)."""
    space = Namespace(f"{settings.SITE_URL}/vocabulary/")
    scheme = URIRef(f"{settings.SITE_URL}/vocabulary/")
    result = Graph()
    result.bind("skos", SKOS)
    result.bind("dcterms", DCTERMS)
    result.add((scheme, RDF.type, SKOS.ConceptScheme))
    result.add((scheme, DCTERMS.title, Literal("CLAVET vocabulary of local education and training", lang="en")))
    result.add((scheme, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")))
    for concept in concepts:
        add_concept(result, concept, space, scheme)
    return result


def add_concept(result: Graph, concept: Concept, space: Namespace, scheme: URIRef) -> None:
    """Add what is known of one concept to ``result``."""
    subject = space[concept.id]
    result.add((subject, RDF.type, SKOS.Concept))
    result.add((subject, SKOS.inScheme, scheme))
    for language in CODES:
        result.add((subject, SKOS.prefLabel, Literal(getattr(concept, f"preferred_{language}"), lang=language)))
        definition = getattr(concept, f"definition_{language}")
        if definition:
            result.add((subject, SKOS.definition, Literal(definition, lang=language)))
    for label in concept.alternatives.all():
        result.add((subject, SKOS.altLabel, Literal(label.text, lang=label.language)))
    broader = concept.broader.all()
    if not broader:
        result.add((subject, SKOS.topConceptOf, scheme))
        result.add((scheme, SKOS.hasTopConcept, subject))
    for predicate, others in (
        (SKOS.broader, broader),
        (SKOS.narrower, concept.narrower.all()),
        (SKOS.related, concept.related.all()),
    ):
        for other in others:
            result.add((subject, predicate, space[other.id]))
    for uri in concept.exact_match:
        result.add((subject, SKOS.exactMatch, URIRef(uri)))


def serialize(format_name: str, concepts: Iterable[Concept]) -> tuple[str, str]:
    """``concepts`` in the format ``ttl`` or ``jsonld``: the text and its content type. ``KeyError`` for another."""
    serializer, content_type = FORMATS[format_name]
    return graph(concepts).serialize(format=serializer), content_type
