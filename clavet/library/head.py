"""What the head of a record's page says: alternates, canonical, Open Graph, JSON-LD (schema.org)."""

from __future__ import annotations

from typing import Any

from clavet.library.kinds import library_of
from clavet.library.page import Reading
from clavet.publishing import reading
from clavet.publishing.facet_values import Licence
from clavet.publishing.freshness import State
from clavet.publishing.models import Record, Translation
from clavet.web.meta import FeedLink, Meta, absolute, json_ld, with_default


def record_meta(view: Reading, record: Record, choice: reading.Choice, translations: list[Translation]) -> Meta:
    """The head of the live page. ``hreflang`` names the languages that it is published in; its page in another
    language points to the source with ``canonical``."""
    library = library_of(record.code_id)
    languages = reading.published_languages(record.source_language, translations)
    canonical = choice.page if choice.page in languages else record.source_language
    return Meta(
        title=f"{view.title.value} · CLAVET",
        lang=view.title.lang,
        description=view.summary.value,
        canonical=absolute(record.url_in(canonical)),
        alternates=with_default({code: absolute(record.url_in(code)) for code in languages}),
        og_type="article",
        json_ld=json_ld(work(view, record, choice, languages)),
        feeds=[FeedLink(str(library.sentences.newest), library.url("feed"))],
        noindex=record.status != record.Status.PUBLISHED or choice.state in (State.MISSING, State.SUMMARY),
    )


def work(view: Reading, record: Record, choice: reading.Choice, languages: list[str]) -> dict[str, Any]:
    """The record in schema.org terms."""
    schema_type = library_of(record.code_id).schema_type
    data = {
        "@context": "https://schema.org",
        "@type": schema_type,
        "@id": view.permanent_url,
        "identifier": record.code_id,
        "url": absolute(record.url_in(choice.page)),
        "name": view.title.value,
        "abstract": view.summary.value,
        "inLanguage": choice.body,
        "version": str(record.version),
        **({"learningResourceType": view.kind_label} if schema_type == "LearningResource" else {}),
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
        **library_of(record.code_id).schema(record),
    }
    if choice.head != record.source_language:
        data["translationOfWork"] = {"@id": absolute(record.url_in(record.source_language))}
        if choice.translation is not None and choice.translation.translator_name:
            data["translator"] = {"@type": "Person", "name": choice.translation.translator_name}
    others = [code for code in languages if code != choice.head]
    if others:
        data["workTranslation"] = [
            {"@type": schema_type, "url": absolute(record.url_in(code)), "inLanguage": code} for code in others
        ]
    return data
