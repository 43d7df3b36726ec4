"""What a look at the public records finds wanting: dead ends, pictures without words, translations not complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from clavet.languages import CODES
from clavet.publishing import documents, fields, reading
from clavet.publishing.documents import Document
from clavet.publishing.freshness import State
from clavet.publishing.models import Record, StoredFile, Translation
from clavet.publishing.registry import KINDS

LINK = re.compile(r"\]\(([^)\s]+)\)")
WEB = ("http://", "https://", "mailto:")


@dataclass(frozen=True)
class Remark:
    """One thing to look at."""

    code: str
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.code} {self.language}: {self.text}"


def remarks() -> Iterator[Remark]:
    """Everything that coordinators should look at, record by record. Nothing is fetched from the web."""
    everything = {model: model.objects.visible_to(None) for _prefix, model in sorted(KINDS.items())}
    public = {code for records in everything.values() for code in records.values_list("code_id", flat=True)}
    for record in (record for records in everything.values() for record in records.with_rows().order_by("code_id")):
        source = documents.source_document(record)
        translations = list(Translation.objects.current().filter(code_id=record.code_id))
        yield from source_remarks(record, source, public)
        by_language = {record.source_language: source} | {item.language: item.document for item in translations}
        for language, document in by_language.items():
            yield from link_remarks(record, language, document)
        yield from state_remarks(record, translations)


def source_remarks(record: Record, source: Document, public: set[str]) -> Iterator[Remark]:
    """Related records that are not public, files that are gone, facts that want confirming, pictures without words."""
    language = record.source_language
    for code in record.related:
        if code not in public:
            yield Remark(record.code_id, language, f"names {code}, which the public cannot read")
    for digest in documents.named_files(source):
        stored = StoredFile.objects.filter(pk=digest).first()
        if stored is None or not stored.content.storage.exists(stored.content.name):
            yield Remark(record.code_id, language, f"the file {digest[:12]} is gone")
    for row in source["children"].get("attachments", []):
        if fields.is_picture(row["name"]) and not source["texts"].get(f"attachment.{row['id']}.alternative_text"):
            yield Remark(record.code_id, language, f"the picture {row['name']} has no alternative text")
    if record.review_by and record.review_by < timezone.localdate():
        yield Remark(record.code_id, language, f"its facts wanted confirming on {record.review_by}")


def link_remarks(record: Record, language: str, document: Document) -> Iterator[Remark]:
    """Links in texts that lead neither to the web nor to a place on the page."""
    for key, text in document["texts"].items():
        for target in LINK.findall(text):
            if not target.startswith((*WEB, "#")):
                yield Remark(record.code_id, language, f"{key}: the link {target} leads nowhere")


def state_remarks(record: Record, translations: list[Translation]) -> Iterator[Remark]:
    """Languages in which readers do not get the whole text of now."""
    found = reading.states(record.source_language, translations, timezone.now())
    for language in CODES:
        state = found[language][0]
        if state not in (State.SOURCE, State.PUBLISHED):
            yield Remark(record.code_id, language, f"translation {state.value}")
