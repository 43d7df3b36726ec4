"""What the shapes of several kinds of record have in common (records.md, "What records share")."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from clavet.languages import LANGUAGES
from clavet.publishing import fields
from clavet.publishing.facet_values import GovernanceLevel, Licence, Phase, Sector, SourceType, TargetGroup
from clavet.publishing.shape import ChildSpec, NeutralSpec, TextSpec

TITLE = TextSpec("title", _("Title"), 100, required=True, summary=True)
SUMMARY = TextSpec("summary", _("Summary"), 400, required=True, summary=True)
WHAT_DID_NOT_WORK = TextSpec(
    "what_did_not_work",
    _("What did not work"),
    2000,
    required=True,
    markdown=True,
    help=_("If nothing went wrong, say why you believe so: “nothing” alone helps nobody."),
)

YEAR = {"min_value": 1900, "max_value": 2100, "required": False}

FACETS = (
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
)

LICENCE = NeutralSpec("licence", lambda: forms.ChoiceField(label=_("Licence"), choices=Licence.choices))
COMPILED_ON = NeutralSpec(
    "compiled_on",
    lambda: forms.DateField(
        label=_("Compiled from public sources on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    ),
)
REVIEW_MONTHS = NeutralSpec(
    "review_months",
    lambda: forms.IntegerField(
        label=_("Months until the facts want confirming"), required=False, min_value=1, max_value=120
    ),
)
RELATED = NeutralSpec(
    "related", lambda: fields.CodesField(label=_("Related records"), prefixes=["CF", "BP"], required=False)
)


def language_field() -> forms.Field:
    """A choice of one of the nine languages."""
    return forms.ChoiceField(label=_("Language"), choices=LANGUAGES)


INDICATORS = ChildSpec(
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
)

SOURCES = ChildSpec(
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
)

ATTACHMENTS = ChildSpec(
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
)

# What people write when they would rather not say; a reason makes any of these longer.
NOTHING = {
    "nothing", "none", "n/a", "-", "—", "nada", "ninguno", "rien", "néant", "niente", "nulla", "τίποτα", "τίποτε",
    "κανένα", "ništa", "niks", "niets", "geen", "nimic", "hiçbir şey", "yok",
}  # fmt: skip


def missing_everywhere(document: dict) -> list[tuple[str, str]]:
    """What any record needs beyond its fields, as (key, message): words for its pictures, and more than “nothing” for
    what did not work (records.md)."""
    texts = document["texts"]
    found = []
    for row in document["children"].get("attachments", []):
        key = f"attachment.{row['id']}.alternative_text"
        if fields.is_picture(row.get("name", "")) and not texts.get(key):
            found.append((key, _("A picture needs a text that says what it shows.")))
    if is_bare_nothing(texts.get("what_did_not_work", "")):
        found.append(("what_did_not_work", _("Please say why: “nothing” alone is not accepted.")))
    return found


def is_bare_nothing(value: str) -> bool:
    """Whether a text says “nothing” in one of the nine languages, and no more than that."""
    return value.strip().strip(".!").strip().casefold() in NOTHING
