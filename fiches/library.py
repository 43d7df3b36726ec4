"""Fiches as a library: what their lists and pages have that those of other records have not."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext_lazy as _, ngettext

from clavet.library import lineage
from clavet.library.kinds import Library, Section, Sentences
from clavet.library.page import Material
from clavet.publishing.models import Record
from clavet.web.meta import absolute
from fiches.kinds import Kind, kind_labels
from fiches.models import Fiche
from network.models import Authority
from network.names import named, page_of
from practices.models import Practice


def kind_of(row: Mapping[str, Any]) -> str:
    """What a fiche is called above its title."""
    return str(Kind(row["kind"]).label) if row.get("kind") else ""


def parts(material: Material) -> dict[str, Any]:
    """The checklist of a policy tool."""
    return {
        "steps": [
            SimpleNamespace(id=row["id"], text=material.text(f"step.{row['id']}.text"))
            for row in material.rows("steps")
        ],
        "time_needed": material.text("time_needed") or None,
        "who_takes_part": material.text("who_takes_part") or None,
    }


def origins(record: Fiche, language: str) -> list[SimpleNamespace]:
    """The authorities that stand behind a fiche, and the practice that it was made from."""
    found = [
        SimpleNamespace(label=named(authority, language), url=page_of(authority, language))
        for authority in Authority.objects.filter(code_id__in=record.authorities).order_by("code_id")
    ]
    practice = practice_behind(record)
    if practice is not None:
        found.append(lineage.line(_("Made from the practice %(title)s"), practice, language))
    return found


def practice_behind(record: Fiche) -> Practice | None:
    """The practice that a fiche was made from, if the public may read it."""
    if not record.made_from:
        return None
    return Practice.objects.visible_to(archived=True).filter(code_id=record.made_from).first()


def told_again(record: Record, language: str) -> list[SimpleNamespace]:
    """The published fiches that were made from a practice, for its page."""
    if not isinstance(record, Practice):
        return []
    fiches = Fiche.objects.visible_to(archived=True).filter(made_from=record.code_id).order_by("code_id")
    return [lineage.line(_("Also told as the fiche %(title)s"), fiche, language) for fiche in fiches]


def schema(record: Fiche) -> dict[str, Any]:
    """What a fiche is based on, in schema.org terms."""
    practice = practice_behind(record)
    return {"isBasedOn": {"@id": absolute(practice.get_absolute_url())}} if practice else {}


LIBRARY = Library(
    name="fiches",
    model=Fiche,
    sentences=Sentences(
        plural=_("Fiches"),
        lead=_("What was done, what it took, what came of it, and what others can take over."),
        description=_("What local authorities did in education and training, what came of it and what did not work."),
        newest=_("New fiches"),
        on_topic=_("Fiches: %(topic)s"),
        feed=_("CLAVET: new fiches"),
        feed_on_topic=_("CLAVET: fiches on %(topic)s"),
        none=_("There are no fiches yet."),
        none_left=_("No fiche meets all of these filters. Take one away:"),
        everything=_("All fiches"),
        archived=_("This fiche has been archived. It stays readable here but is no longer listed."),
        untranslated=_(
            "This fiche has not been translated into your language yet. You are reading it in its own: %(language)s."
        ),
        older=_("This is version %(number)d of this fiche. The latest is version %(latest)d."),
        about=_("About this fiche"),
        cite=_("Cite this fiche"),
        citation=_("CLAVET (%(year)d). %(title)s. CLAVET Fiche %(code)s, version %(version)d. %(url)s"),
        cited_as="CLAVET Fiche",
        number=lambda number: ngettext("%(number)d fiche", "%(number)d fiches", number) % {"number": number},
    ),
    sections=(
        Section("context"),
        Section("what_was_done", below=("fiches/_steps.html",)),
        Section("results", within=("library/_indicators.html",)),
        Section("what_did_not_work", tone="failed"),
        Section("lessons"),
        Section("how_to_transfer"),
        Section("resources"),
    ),
    kinds=kind_labels,
    kind_of=kind_of,
    columns=("kind",),
    glance=("who", "what", "result"),
    parts=parts,
    origins=origins,
    schema=schema,
    scripts=lambda made: ("js/checklist.js",) if made["steps"] else (),
)
