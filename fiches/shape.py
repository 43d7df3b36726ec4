"""The shape of a fiche (records.md, "CLAVET Fiche"): texts with their limits, neutral fields, rows."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from clavet.languages import LANGUAGES
from clavet.publishing import fields
from clavet.publishing.facet_values import GovernanceLevel, Licence, Phase, Sector, SourceType, TargetGroup
from clavet.publishing.shape import ChildSpec, NeutralSpec, Shape, TextSpec
from fiches.kinds import Kind

TEXTS = (
    TextSpec("title", _("Title"), 100, required=True, summary=True),
    TextSpec("summary", _("Summary"), 400, required=True, summary=True),
    TextSpec("who", pgettext_lazy("at a glance", "Who"), 120),
    TextSpec("what", pgettext_lazy("at a glance", "What"), 120),
    TextSpec("result", pgettext_lazy("at a glance", "Result"), 120),
    TextSpec("context", _("Context"), 2000, required=True, markdown=True),
    TextSpec("what_was_done", _("What was done"), 5000, required=True, markdown=True),
    TextSpec("results", _("Results"), 3000, required=True, markdown=True),
    TextSpec(
        "what_did_not_work",
        _("What did not work"),
        2000,
        required=True,
        markdown=True,
        help=_("If nothing went wrong, say why you believe so: “nothing” alone helps nobody."),
    ),
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
    NeutralSpec("topics", lambda: fields.ConceptsField(label=_("Topics"), maximum=5)),
    NeutralSpec("phases", lambda: fields.ValuesField(label=_("Phases"), choices=Phase.choices)),
    NeutralSpec("sectors", lambda: fields.ValuesField(label=_("Sectors"), choices=Sector.choices)),
    NeutralSpec("target_groups", lambda: fields.ValuesField(label=_("Target groups"), choices=TargetGroup.choices)),
    NeutralSpec(
        "governance_level",
        lambda: forms.ChoiceField(
            label=_("Governance level"), choices=[("", "—"), *GovernanceLevel.choices], required=False
        ),
    ),
    NeutralSpec("countries", lambda: fields.CountriesField(label=_("Countries"), required=False)),
    NeutralSpec("licence", lambda: forms.ChoiceField(label=_("Licence"), choices=Licence.choices)),
    NeutralSpec(
        "compiled_on",
        lambda: forms.DateField(
            label=_("Compiled from public sources on"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d"],
        ),
    ),
    NeutralSpec(
        "review_months",
        lambda: forms.IntegerField(
            label=_("Months until the facts want confirming"), required=False, min_value=1, max_value=120
        ),
    ),
    NeutralSpec("authorities", lambda: fields.CodesField(label=_("Authorities"), prefixes=["AU"], required=False)),
    NeutralSpec(
        "related", lambda: fields.CodesField(label=_("Related records"), prefixes=["CF", "BP"], required=False)
    ),
)

YEAR = {"min_value": 1900, "max_value": 2100, "required": False}


def language_field() -> forms.Field:
    """A choice of one of the nine languages."""
    return forms.ChoiceField(label=_("Language"), choices=LANGUAGES)


CHILDREN = (
    ChildSpec(
        "indicators",
        "indicator",
        _("Indicators"),
        texts=(
            TextSpec("name", _("Indicator"), 160, required=True),
            TextSpec("unit", _("Unit"), 60),
        ),
        neutral=(
            NeutralSpec("before", lambda: fields.FigureField(label=_("Before"), required=False)),
            NeutralSpec("after", lambda: fields.FigureField(label=_("After"))),
            NeutralSpec("year", lambda: forms.IntegerField(label=_("Year"), **YEAR)),
            NeutralSpec("source", lambda: forms.CharField(label=_("Source (its id)"), max_length=20, required=False)),
        ),
    ),
    ChildSpec(
        "sources",
        "source",
        _("Sources"),
        neutral=(
            NeutralSpec("type", lambda: forms.ChoiceField(label=_("Type"), choices=SourceType.choices)),
            NeutralSpec("title", lambda: forms.CharField(label=_("Title"), max_length=300)),
            NeutralSpec("language", lambda: fields.LanguageTagField(label=_("Language of the title"), required=False)),
            NeutralSpec("publisher", lambda: forms.CharField(label=_("Publisher"), max_length=200)),
            NeutralSpec("year", lambda: forms.IntegerField(label=_("Year"), **YEAR)),
            NeutralSpec("link", lambda: fields.LinkField(label=_("Link"), max_length=500, required=False)),
        ),
        maximum=30,
    ),
    ChildSpec(
        "steps",
        "step",
        _("Steps"),
        texts=(TextSpec("text", _("Step"), 300, required=True),),
        maximum=40,
    ),
    ChildSpec(
        "attachments",
        "attachment",
        _("Attachments"),
        texts=(
            TextSpec("title", _("Title"), 120, required=True),
            TextSpec("alternative_text", _("Alternative text (for pictures)"), 300),
        ),
        neutral=(
            NeutralSpec("file", lambda: fields.StoredFileField(label=_("File"))),
            NeutralSpec("name", lambda: fields.FileNameField(label=_("File name"))),
            NeutralSpec("language", language_field),
        ),
    ),
)


def missing(document: dict) -> list[tuple[str, str]]:
    """What a fiche needs beyond its fields, as (key, message): sources always, and more of a policy tool.

    records.md: at least one source; a policy tool adds steps, the time needed, who takes part, and at least one
    attachment that can be edited; pictures carry alternative text.
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
    for row in children.get("attachments", []):
        if fields.is_picture(row.get("name", "")) and not texts.get(f"attachment.{row['id']}.alternative_text"):
            key = f"attachment.{row['id']}.alternative_text"
            found.append((key, _("A picture needs a text that says what it shows.")))
    if is_bare_nothing(texts.get("what_did_not_work", "")):
        found.append(("what_did_not_work", _("Please say why: “nothing” alone is not accepted.")))
    return found


# What people write when they would rather not say; a reason makes any of these longer.
NOTHING = {
    "nothing", "none", "n/a", "-", "—", "nada", "ninguno", "rien", "néant", "niente", "nulla", "τίποτα", "τίποτε",
    "κανένα", "ništa", "niks", "niets", "geen", "nimic", "hiçbir şey", "yok",
}  # fmt: skip


def is_bare_nothing(value: str) -> bool:
    """Whether a text says “nothing” in one of the nine languages, and no more than that."""
    return value.strip().strip(".!").strip().casefold() in NOTHING


FICHE_SHAPE = Shape(prefix="CF", texts=TEXTS, neutral=NEUTRAL, children=CHILDREN, missing=missing)
