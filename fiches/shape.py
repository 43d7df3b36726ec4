"""The shape of a fiche (records.md, "CLAVET Fiche"): texts with their limits, neutral fields, rows."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from clavet.publishing import common, fields
from clavet.publishing.shape import ChildSpec, NeutralSpec, Shape, TextSpec
from fiches.kinds import Kind

TEXTS = (
    common.TITLE,
    common.SUMMARY,
    TextSpec("who", pgettext_lazy("at a glance", "Who"), 120),
    TextSpec("what", pgettext_lazy("at a glance", "What"), 120),
    TextSpec("result", pgettext_lazy("at a glance", "Result"), 120),
    TextSpec("context", _("Context"), 2000, required=True, markdown=True),
    TextSpec("what_was_done", _("What was done"), 5000, required=True, markdown=True),
    TextSpec("results", _("Results"), 3000, required=True, markdown=True),
    common.WHAT_DID_NOT_WORK,
    TextSpec("lessons", _("Lessons"), 3000, required=True, markdown=True),
    TextSpec(
        "how_to_transfer",
        _("How to transfer it"),
        3000,
        required=True,
        markdown=True,
        help=_("Steps, conditions, pitfalls."),
    ),
    TextSpec("resources", _("Resources"), 1500, markdown=True, help=_("Money, people, time.")),
    TextSpec("time_needed", _("Time needed"), 120),
    TextSpec("who_takes_part", _("Who takes part"), 120),
)

NEUTRAL = (
    NeutralSpec("kind", lambda: forms.ChoiceField(label=_("Kind"), choices=Kind.choices)),
    *common.FACETS,
    common.LICENCE,
    common.COMPILED_ON,
    common.REVIEW_MONTHS,
    NeutralSpec("authorities", lambda: fields.CodesField(label=_("Authorities"), prefixes=["AU"], required=False)),
    common.RELATED,
    NeutralSpec("made_from", lambda: fields.CodeField(label=_("Made from the practice"), prefix="BP", required=False)),
)

CHILDREN = (
    common.INDICATORS,
    common.SOURCES,
    ChildSpec("steps", "step", _("Steps"), texts=(TextSpec("text", _("Step"), 300, required=True),), maximum=40),
    common.ATTACHMENTS,
)


def missing(document: dict) -> list[tuple[str, str]]:
    """What a fiche needs beyond its fields, as (key, message): sources always, and more of a policy tool.

    records.md: at least one source; a policy tool adds steps, the time needed, who takes part, and at least one
    attachment that can be edited.
    """
    children, texts = document["children"], document["texts"]
    found = []
    if not children.get("sources"):
        found.append(("sources", _("Please name at least one source.")))
    if document["neutral"].get("kind") == Kind.POLICY_TOOL:
        found += [
            (name, _("A policy tool needs this field."))
            for name in ("time_needed", "who_takes_part")
            if not texts.get(name)
        ]
        if not children.get("steps"):
            found.append(("steps", _("A policy tool needs at least one step.")))
        if not any(fields.is_editable(row.get("name", "")) for row in children.get("attachments", [])):
            found.append(("attachments", _("A policy tool needs at least one attachment that can be edited.")))
    return found + common.missing_everywhere(document)


FICHE_SHAPE = Shape(prefix="CF", texts=TEXTS, neutral=NEUTRAL, children=CHILDREN, missing=missing)
