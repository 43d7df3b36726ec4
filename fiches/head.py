"""What the head of a fiche's page says: alternates, canonical, Open Graph, JSON-LD (schema.org LearningResource)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clavet.publishing import reading
from clavet.publishing.facet_values import Licence
from clavet.publishing.freshness import State
from clavet.publishing.models import Translation
from clavet.web.meta import FeedLink, Meta, absolute, json_ld, with_default
from fiches.models import Fiche
from fiches.page import Reading


def fiche_meta(view: Reading, record: Fiche, choice: reading.Choice, translations: list[Translation]) -> Meta:
    """The head of the live page. ``hreflang`` names the languages that the fiche is published in; its page in another
    language points to the source with ``canonical``."""
    languages = reading.published_languages(record.source_language, translations)
    canonical = choice.page if choice.page in languages else record.source_language
    return Meta(
        title=f"{view.title.value} · CLAVET",
        lang=view.title.lang,
        description=view.summary.value,
        canonical=absolute(record.url_in(canonical)),
        alternates=with_default({code: absolute(record.url_in(code)) for code in languages}),
        og_type="article",
        json_ld=json_ld(learning_resource(view, record, choice, languages)),
        feeds=[FeedLink(_("New fiches"), reverse("fiches:feed"))],
        noindex=record.status != record.Status.PUBLISHED or choice.state in (State.MISSING, State.SUMMARY),
    )


def learning_resource(view: Reading, record: Fiche, choice: reading.Choice, languages: list[str]) -> dict[str, Any]:
    """The fiche in schema.org terms."""
    data = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "@id": view.permanent_url,
        "identifier": record.code_id,
        "url": absolute(record.url_in(choice.page)),
        "name": view.title.value,
        "abstract": view.summary.value,
        "inLanguage": choice.body,
        "version": str(record.version),
        "learningResourceType": view.kind_label,
        "license": Licence(record.licence).url,
        "isAccessibleForFree": True,
        "datePublished": record.published_at.date().isoformat(),
        "dateModified": record.changed_at.date().isoformat(),
        "about": [
            {"@type": "DefinedTerm", "@id": absolute(f"/vocabulary/{key}"), "termCode": key}
            for key in record.topic_order
        ],
        "publisher": {"@type": "Organization", "name": "CLAVET", "url": absolute("/")},
        "citation": [source.title for source in view.sources],
    }
    if choice.head != record.source_language:
        data["translationOfWork"] = {"@id": absolute(record.url_in(record.source_language))}
        if choice.translation is not None and choice.translation.translator_name:
            data["translator"] = {"@type": "Person", "name": choice.translation.translator_name}
    others = [code for code in languages if code != choice.head]
    if others:
        data["workTranslation"] = [
            {"@type": "LearningResource", "url": absolute(record.url_in(code)), "inLanguage": code} for code in others
        ]
    return data
