"""The shape of a practice (records.md, "Practice"): texts with their limits, neutral fields, rows, the six steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from clavet.publishing import common, fields
from clavet.publishing.shape import ChildSpec, Label, NeutralSpec, Shape, TextSpec
from practices.facts import BudgetPeriod, Cost, Evaluation, Funding, Offer, Outcome

EMPTY = [("", "—")]

TEXTS = (
    common.TITLE,
    common.SUMMARY,
    TextSpec(
        "challenge",
        _("The challenge"),
        1500,
        required=True,
        markdown=True,
        help=_("What was wrong, for whom, and how it was known."),
    ),
    TextSpec("what_was_done", _("What was done"), 5000, required=True, markdown=True),
    TextSpec(
        "participation",
        _("Who took part and how"),
        1500,
        required=True,
        markdown=True,
        help=_("Those concerned, partners, opponents: who decided what, and when they were asked."),
    ),
    TextSpec("evidence", _("Evidence"), 2000, required=True, markdown=True, help=_("What changed, and how one knows.")),
    common.WHAT_DID_NOT_WORK,
    TextSpec(
        "how_to_transfer",
        _("How to transfer it"),
        2000,
        required=True,
        markdown=True,
        help=_("Steps, conditions, pitfalls."),
    ),
    TextSpec(
        "depends_on",
        _("What it depends on"),
        1000,
        required=True,
        markdown=True,
        help=_("Law, institutions, size, money."),
    ),
    TextSpec("after_funding", _("What goes on after the funding"), 1000, required=True, markdown=True),
)

# What public sources may not tell; of a practice that no member wrote these may stay open (records.md).
MAY_BE_UNKNOWN = {
    "participation": _("Who took part and how"),
    "evidence": _("Evidence"),
    "what_did_not_work": _("What did not work"),
    "depends_on": _("What it depends on"),
    "after_funding": _("What goes on after the funding"),
    "budget_band": _("Budget"),
    "people": _("Staff"),
    "funding_sources": _("Funding"),
    "months_to_results": _("Months to the first results"),
    "evaluation": _("Evaluation"),
    "contact": _("Contact"),
}


def choice(label: Label, choices: list[tuple[str, Any]]) -> forms.Field:
    """One of a list, or nothing yet."""
    return forms.ChoiceField(label=label, choices=[*EMPTY, *choices], required=False)


NEUTRAL = (
    NeutralSpec("authority", lambda: fields.CodeField(label=_("Authority"), prefix="AU")),
    NeutralSpec("place_name", lambda: forms.CharField(label=_("Place"), max_length=120)),
    NeutralSpec("latitude", lambda: fields.CoordinateField(label=_("Latitude"), most=90, required=False)),
    NeutralSpec("longitude", lambda: fields.CoordinateField(label=_("Longitude"), most=180, required=False)),
    NeutralSpec("period_from", lambda: fields.MonthField(label=_("From"))),
    NeutralSpec(
        "period_to", lambda: fields.MonthField(label=_("To"), required=False, help_text=_("Leave empty if it goes on."))
    ),
    *common.FACETS,
    NeutralSpec(
        "budget_amount",
        lambda: forms.IntegerField(label=_("Budget in EUR"), required=False, min_value=0, max_value=10**10),
    ),
    NeutralSpec("budget_band", lambda: choice(_("Or about how much"), Cost.choices)),
    NeutralSpec("budget_period", lambda: choice(_("The budget is"), BudgetPeriod.choices)),
    NeutralSpec(
        "people",
        lambda: fields.FigureField(
            label=_("Staff"), required=False, help_text=_("Full-time equivalents, such as 2.5.")
        ),
    ),
    NeutralSpec(
        "funding_sources", lambda: fields.ValuesField(label=_("Funding"), choices=Funding.choices, required=False)
    ),
    NeutralSpec(
        "months_to_results",
        lambda: forms.IntegerField(label=_("Months to the first results"), required=False, min_value=0, max_value=600),
    ),
    NeutralSpec("outcome", lambda: choice(_("Outcome"), Outcome.choices)),
    NeutralSpec("evaluation", lambda: choice(_("How was it evaluated?"), Evaluation.choices)),
    NeutralSpec(
        "evaluation_link", lambda: fields.LinkField(label=_("Link to the evaluation"), max_length=500, required=False)
    ),
    NeutralSpec("offers", lambda: fields.ValuesField(label=_("You offer"), choices=Offer.choices, required=False)),
    NeutralSpec("contact", lambda: forms.IntegerField(label=_("Contact"), required=False, min_value=1)),
    NeutralSpec(
        "unknown",
        lambda: fields.ValuesField(
            label=_("Not known from public sources"), choices=list(MAY_BE_UNKNOWN.items()), required=False
        ),
    ),
    common.LICENCE,
    common.COMPILED_ON,
    common.REVIEW_MONTHS,
    common.RELATED,
)

CHILDREN = (
    ChildSpec(
        "partners",
        "partner",
        _("Other partners"),
        neutral=(
            NeutralSpec("authority", lambda: fields.CodeField(label=_("Authority"), prefix="AU", required=False)),
            NeutralSpec("name", lambda: forms.CharField(label=_("Name"), max_length=200)),
        ),
        maximum=20,
    ),
    common.INDICATORS,
    common.SOURCES,
    common.ATTACHMENTS,
)

# What has to be answered, unless it is named as unknown: (field, what to say). A budget is an amount or a band.
ANSWERS = {
    "funding_sources": _("Please say where the money came from."),
    "outcome": _("Please say what came of it. All three answers are welcome."),
    "evaluation": _("Please say whether and how it was evaluated."),
    "contact": _("Please name a person whom members can ask."),
    "months_to_results": _("Please say how long it took to the first results."),
    "people": _("Please say how much staff it takes."),
}


def excused(document: dict[str, Any]) -> set[str]:
    """What may stay open: what is named as unknown, of a practice that was compiled from public sources."""
    neutral = document.get("neutral", {})
    return set(neutral.get("unknown") or ()) if neutral.get("compiled_on") else set()


def missing(document: dict[str, Any]) -> list[tuple[str, Any]]:
    """What a practice needs beyond its fields, as (key, message)."""
    neutral, may_stay_open = document["neutral"], excused(document)
    found = [
        (name, message)
        for name, message in ANSWERS.items()
        if neutral.get(name) in (None, "", []) and name not in may_stay_open
    ]
    has_budget = neutral.get("budget_amount") is not None or neutral.get("budget_band")
    if not has_budget and "budget_band" not in may_stay_open:
        found.append(("budget_band", _("Please give an amount, or about how much it was.")))
    # Sources that name a sum may not say for how long it was.
    if has_budget and not neutral.get("budget_period") and not neutral.get("compiled_on"):
        found.append(("budget_period", _("Please say whether this is a year or in all.")))
    begin, end = neutral.get("period_from") or "", neutral.get("period_to") or ""
    if end and end < begin:
        found.append(("period_to", _("The end lies before the beginning.")))
    if neutral.get("unknown") and not neutral.get("compiled_on"):
        found.append(("unknown", _("Only what was compiled from public sources may leave something open.")))
    return found + common.missing_everywhere(document)


PRACTICE_SHAPE = Shape(prefix="BP", texts=TEXTS, neutral=NEUTRAL, children=CHILDREN, missing=missing, excused=excused)


@dataclass(frozen=True)
class Step:
    """One step of the form: what it is called, and what it asks for, by the names of the shape."""

    number: int
    name: str
    label: Label
    fields: tuple[str, ...]
    children: tuple[str, ...] = ()


STEPS = (
    Step(
        1,
        "in-short",
        pgettext_lazy("step of the form", "In short"),
        (
            "title", "summary", "authority", "place_name", "latitude", "longitude", "period_from", "period_to",
            "topics", "phases", "sectors", "target_groups", "governance_level", "countries",
        ),
    ),
    Step(
        2,
        "what-happened",
        pgettext_lazy("step of the form", "What happened"),
        ("challenge", "what_was_done", "participation"),
        ("partners", "sources"),
    ),
    Step(
        3,
        "what-it-took",
        pgettext_lazy("step of the form", "What it took"),
        ("budget_amount", "budget_band", "budget_period", "people", "funding_sources", "months_to_results"),
    ),
    Step(
        4,
        "what-came-of-it",
        pgettext_lazy("step of the form", "What came of it"),
        ("outcome", "evidence", "evaluation", "evaluation_link", "what_did_not_work"),
        ("indicators",),
    ),
    Step(
        5,
        "for-others",
        pgettext_lazy("step of the form", "For others"),
        ("how_to_transfer", "depends_on", "after_funding", "offers", "contact"),
    ),
    Step(6, "pictures", pgettext_lazy("step of the form", "Pictures and documents"), ("licence",), ("attachments",)),
)  # fmt: skip
