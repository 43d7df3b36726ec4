"""A practice becomes the draft of a fiche, in every language that it is told in; the lineage is kept (design.md).

What a fiche asks and a practice does not, its lessons above all, is left to the editor. Nothing is cut: a text that is
too long for its place says so at the desk.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, override

from clavet.publishing import desk_links, documents, workflow
from clavet.publishing.actors import Actor
from clavet.publishing.documents import Document
from clavet.publishing.errors import WrongState
from clavet.publishing.fields import LinkField
from clavet.publishing.models import Record, Translation
from clavet.web.meta import absolute
from fiches.kinds import Kind
from fiches.models import Fiche
from network.models import Authority
from practices.facts import Outcome
from practices.library import what_it_took
from practices.models import Practice

# What is the same in both, and is taken over as it is.
SAME_TEXTS = ("title", "summary", "what_did_not_work")
SAME_VALUES = (
    "topics", "phases", "sectors", "target_groups", "governance_level", "countries", "licence", "compiled_on",
    "review_months",
)  # fmt: skip
SAME_ROWS = ("indicators", "sources", "attachments")
# Each text of a fiche with those of a practice that it is made of; all but the first keep their heading.
JOINED = {
    "context": ("challenge",),
    "what_was_done": ("what_was_done", "participation"),
    "results": ("evidence", "after_funding"),
    "how_to_transfer": ("how_to_transfer", "depends_on"),
}
# The row that names the practice itself among the sources.
ITSELF = "practice"


class AlreadyTold(WrongState):
    """There is a fiche of this practice, published or being written."""


def told_as(practice: Record) -> QuerySet[Fiche]:
    """The fiches made from a practice that are not withdrawn, drafts among them: for those at the desk only."""
    made = Fiche.objects.filter(made_from=practice.code_id).exclude(status=Fiche.Status.WITHDRAWN)
    return made.select_related("code").order_by("code_id")


@transaction.atomic
def draft_from(practice: Practice, *, actor: Actor, again: bool = False) -> Fiche:
    """A new, unpublished fiche with what ``practice`` tells now: a draft of its source text and of each translation.

    ``NotAllowed`` for whoever may not begin a fiche, ``WrongState`` for a practice that is not published,
    ``AlreadyTold`` where there is such a fiche, unless ``again`` asks for another.
    """
    practice = workflow.lock(practice.code_id)
    if practice.status != Practice.Status.PUBLISHED:
        raise WrongState("only a published practice is told as a fiche")
    if not again and told_as(practice).exists():
        raise AlreadyTold("there is a fiche of this practice already")
    told = documents.source_document(practice)
    fiche = workflow.create_record(
        Fiche,
        actor=actor,
        source_language=practice.source_language,
        made_from=practice.code_id,
        is_example=practice.is_example,
        is_sample=practice.is_sample,
    )
    revision = workflow.open_revision(fiche, fiche.source_language, actor=actor)
    workflow.save_revision(revision, source_text(practice, told), actor=actor, seen=revision.saved)
    for translation in Translation.objects.current().filter(code_id=practice.code_id).order_by("language"):
        workflow.prepare_translation(
            fiche,
            translation.language,
            {"texts": texts_in(translation.language, translation.document["texts"], told)},
            actor=actor,
            method=translation.method,
            part=translation.part,
            translator_name=translation.translator_name,
        )
    return fiche


def source_text(practice: Practice, told: Document) -> Document:
    """The source document of the fiche."""
    neutral, rows = told["neutral"], told["children"]
    partners = [row["authority"] for row in rows["partners"] if row.get("authority")]
    failed = neutral.get("outcome") == Outcome.NOT_ACHIEVED
    return {
        "texts": texts_in(practice.source_language, told["texts"], told),
        "neutral": {
            "kind": Kind.LESSON_LEARNED.value if failed else Kind.BEST_PRACTICE.value,
            **{name: neutral.get(name) for name in SAME_VALUES},
            "authorities": [code for code in dict.fromkeys([practice.authority, *partners]) if code],
            "related": list(neutral.get("related") or []),
            "made_from": practice.code_id,
        },
        "children": {
            **{name: list(rows[name]) for name in SAME_ROWS},
            "sources": [*rows["sources"], *itself(practice, rows["sources"])],
        },
    }


def itself(practice: Practice, sources: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The practice as a source of the fiche, if there is room for one more."""
    if len(sources) >= Fiche.shape.child("sources").maximum:
        return
    owner = Authority.objects.filter(code_id=practice.authority).first()
    yield {
        "id": ITSELF,
        "type": "web_page",
        "title": practice.source_title,
        "language": practice.source_language,
        "publisher": owner.own_name if owner else "CLAVET",
        "year": practice.published_at.year,
        "link": as_link(absolute(practice.get_absolute_url())),
    }


def as_link(address: str) -> str:
    """An address of this portal as a source takes it: none that only its own house knows (``http://portal/``)."""
    try:
        return LinkField().clean(address)
    except ValidationError:
        return ""


def texts_in(language: str, texts: dict[str, str], told: Document) -> dict[str, str]:
    """The texts of the fiche in one language, from those of the practice; ``told`` has what is neutral."""
    rows = {key: text for key, text in texts.items() if key.partition(".")[0] in ("indicator", "attachment")}
    found = {**{name: texts.get(name, "") for name in SAME_TEXTS}, **rows}
    with override(language):
        found |= {name: "\n\n".join(joined(parts, texts)) for name, parts in JOINED.items()}
        # Of a summary only there is no body to which the resources would belong.
        if found["context"]:
            found["resources"] = resources(told["neutral"])
    return {key: text for key, text in found.items() if text}


def joined(names: tuple[str, ...], texts: dict[str, str]) -> Iterator[str]:
    """Some texts of a practice one behind the other: the first as it is, the others under their headings."""
    for position, name in enumerate(names):
        if texts.get(name):
            yield f"### {Practice.shape.text(name).label}\n\n{texts[name]}" if position else texts[name]


def resources(neutral: dict[str, Any]) -> str:
    """Money, people and time as a list, in the language of the moment."""
    return "\n".join(f"- {label}: {value}" for _name, label, value in what_it_took(neutral) if value)


def links(record: Record) -> list[desk_links.Link]:
    """The buttons between the dossiers of a practice and its fiches."""
    if isinstance(record, Fiche):
        practice = Practice.objects.filter(code_id=record.made_from).first() if record.made_from else None
        address = reverse("admin:practices_practice_change", args=[practice.pk]) if practice else ""
        return [desk_links.Link(f"{_('Made from the practice')} {record.made_from}", address)] if practice else []
    if not isinstance(record, Practice):
        return []
    found = [
        desk_links.Link(fiche.code_id, reverse("admin:fiches_fiche_change", args=[fiche.pk]))
        for fiche in told_as(record)
    ]
    if record.status == Practice.Status.PUBLISHED:
        address = reverse("admin:fiches_fiche_from_practice", args=[record.code_id])
        found.insert(0, desk_links.Link(_("Draft a fiche from it"), address))
    return found
