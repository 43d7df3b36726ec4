"""Addresses for machines: permanent ones, sitemap, robots, security contact, the vocabulary as SKOS."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_from_request, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from clavet.publishing.codes import is_code
from clavet.publishing.registry import KINDS, OTHERS
from clavet.vocabulary import skos
from clavet.vocabulary.models import Concept
from clavet.web import sitemap
from clavet.web.errors import gone_or_404
from clavet.web.meta import absolute


@require_safe
@vary_on_headers("Accept-Language")
def permanent(request: HttpRequest, code: str) -> HttpResponse:
    """``/id/CF-0012``: to the record's page in the language that the browser asks for."""
    model, other = KINDS.get(code[:2]), OTHERS.get(code[:2])
    if (model is None and other is None) or not is_code(code):
        raise Http404
    if other is not None:
        found = other.find(code)
    else:
        found = model.objects.visible_to(None, archived=True).filter(code_id=code).first()
    return redirect((found or gone_or_404(code)).url_in(get_language_from_request(request)))


@require_safe
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """The sitemap."""
    return HttpResponse(sitemap.render(), content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may take: everything public; lists under filters are endless, so they are left out."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*?",
        "Allow: /*?page=",
        "",
        f"Sitemap: {absolute('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """How to report a hole (RFC 9116): the contact page; valid for a year from the first of this month."""
    today = timezone.localdate()
    expires = datetime.datetime(today.year + 1, today.month, 1, tzinfo=datetime.UTC)
    with override("en"):
        contact = absolute(reverse("contact:write"))
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {absolute('/.well-known/security.txt')}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _with_neighbours():
    return Concept.objects.prefetch_related("broader", "narrower", "related", "alternatives")


@require_safe
@cache_control(public=True, max_age=3600)
def vocabulary_file(request: HttpRequest, format_name: str) -> HttpResponse:
    """The whole vocabulary as Turtle or JSON-LD."""
    text, content_type = skos.serialize(format_name, _with_neighbours())
    return HttpResponse(text, content_type=content_type)


@require_safe
@cache_control(public=True, max_age=3600)
def concept_file(request: HttpRequest, concept_id: str, format_name: str) -> HttpResponse:
    """One concept as Turtle or JSON-LD."""
    concept = _with_neighbours().filter(pk=concept_id).first()
    if concept is None:
        raise Http404
    text, content_type = skos.serialize(format_name, [concept])
    return HttpResponse(text, content_type=content_type)


@require_safe
@vary_on_headers("Accept", "Accept-Language")
def concept_uri(request: HttpRequest, concept_id: str) -> HttpResponse:
    """The concept's permanent address: SKOS for whom asks for it, the page for everybody else."""
    if not Concept.objects.filter(pk=concept_id).exists():
        raise Http404
    accepted = request.headers.get("Accept", "")
    for format_name, media_type in (("ttl", "text/turtle"), ("jsonld", "application/ld+json")):
        if media_type in accepted:
            return redirect("concept-file", concept_id, format_name)
    with override(get_language_from_request(request)):
        return redirect("vocabulary:concept", concept_id)
