"""Practices as a library: what their lists and pages have that those of other records have not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
from django_countries import countries

from clavet.library.kinds import Library, Owner, Section, Sentences
from clavet.library.page import Material, fact_line, figure
from clavet.web.facet_views import FACETS
from network.facts import Kind as AuthorityKind, Size
from network.models import Authority
from network.names import in_language, named, page_of
from practices import adopted
from practices.alike import narrowing
from practices.contact import for_reader, public_contact
from practices.facts import (
    BudgetPeriod,
    Cost,
    Evaluation,
    Funding,
    Offer,
    Outcome,
    TimeToResults,
    cost_of,
    month,
    time_of,
)
from practices.models import Practice

MORE_FACETS = {
    "outcome": gettext_lazy("Outcome"),
    "cost": gettext_lazy("Budget"),
    "time": gettext_lazy("Time to the first results"),
    "size": gettext_lazy("Size of the authority"),
    "authority_kind": gettext_lazy("Kind of authority"),
    "adapted": gettext_lazy("Adapted elsewhere"),
}


def labels_of(choices: list[tuple[str, Any]]) -> dict[str, str]:
    """The values of a closed list with their labels in the language of the moment."""
    return {value: str(label) for value, label in choices}


def facet_labels() -> dict[str, dict[str, str]]:
    """The values of the facets that only practices have."""
    return {
        "outcome": labels_of(Outcome.choices),
        "cost": labels_of(Cost.choices),
        "time": labels_of(TimeToResults.choices),
        "size": labels_of(Size.choices),
        "authority_kind": labels_of(AuthorityKind.choices),
        "adapted": {"yes": _("Yes")},
    }


def kind_of(_row: Mapping[str, Any]) -> str:
    """What a practice is called above its title."""
    return _("Practice")


def place_of(row: Mapping[str, Any]) -> SafeString:
    """Where it happened: the place under the name that its authors gave it, and the country in the reader's words."""
    names = [conditional_escape(countries.name(code)) for code in row.get("countries") or ()]
    if row.get("place_name"):
        names.insert(0, format_html('<span lang="{}">{}</span>', row["source_language"], row["place_name"]))
    return mark_safe(", ".join(name for name in names if name))  # noqa: S308 - each is escaped


def notes_of(row: Mapping[str, Any]) -> list[str]:
    """What came of it, and how many others have adapted it."""
    notes = [str(Outcome(row["outcome"]).label)] if row.get("outcome") else []
    return [*notes, adopted.adapted_by(row["adopted_by"])] if row.get("adopted_by") else notes


# ---------------------------------------------------------------- the page


def parts(material: Material) -> dict[str, Any]:
    """The facts of a practice of which there is something to say, in the order of the form, and whom to ask."""
    contact = fact(material, "contact", _("Contact"), public_contact(material))
    return {"facts": [given for given in (*every_fact(material), contact) if given.value]}


def every_fact(material: Material) -> Iterator[SimpleNamespace]:
    """Each fact with what there is to say, perhaps nothing; what public sources do not tell is said to be so."""
    neutral = material.neutral
    for name, label, value in (
        ("outcome", _("Outcome"), str(Outcome(neutral["outcome"]).label) if neutral.get("outcome") else ""),
        ("place_name", _("Where"), place_of({**neutral, "source_language": material.record.source_language})),
        ("period_from", _("When"), period(neutral)),
        *what_it_took(neutral),
        (
            "evaluation",
            _("Evaluation"),
            str(Evaluation(neutral["evaluation"]).label) if neutral.get("evaluation") else "",
        ),
    ):
        yield fact(material, name, label, value)


def fact(material: Material, name: str, label: str, value: str) -> SimpleNamespace:
    """One fact with what there is to say of it."""
    neutral = material.neutral
    link = neutral.get("evaluation_link") if name == "evaluation" else ""
    tone = f"outcome outcome-{neutral['outcome']}" if name == "outcome" else ""
    if not value and name in (neutral.get("unknown") or ()):
        value, tone, link = _("not known from public sources"), "fine", ""
    return SimpleNamespace(name=name, label=label, value=value, tone=tone, link=link or "")


def what_it_took(neutral: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Money, people and time, each with its name, its label and what there is to say."""
    return [
        ("budget_band", _("Budget"), budget(neutral)),
        ("people", _("Staff"), staff(neutral.get("people"))),
        ("funding_sources", _("Funding"), ", ".join(listed(Funding, neutral.get("funding_sources")))),
        ("months_to_results", _("First results"), after_months(neutral.get("months_to_results"))),
    ]


def listed(choices: Any, values: list[str] | None) -> list[str]:
    """The labels of some values of a closed list."""
    return [str(choices(value).label) for value in values or ()]


def period(neutral: Mapping[str, Any]) -> str:
    """From when to when it ran, or that it goes on."""
    if not neutral.get("period_from"):
        return ""
    start = month(neutral["period_from"])
    if neutral.get("period_to"):
        return _("%(start)s – %(end)s") % {"start": start, "end": month(neutral["period_to"])}
    return _("%(start)s – ongoing") % {"start": start}


def budget(neutral: Mapping[str, Any]) -> str:
    """The amount or the band, a year or in all."""
    amount = neutral.get("budget_amount")
    if amount is not None:
        text = _("€%(amount)s") % {"amount": number_format(amount, use_l10n=True, force_grouping=True)}
    elif neutral.get("budget_band"):
        text = str(Cost(neutral["budget_band"]).label)
    else:
        return ""
    return f"{text}, {BudgetPeriod(neutral['budget_period']).label}" if neutral.get("budget_period") else text


def staff(people: str | None) -> str:
    """How many full-time equivalents."""
    return _("Full-time equivalents: %(number)s") % {"number": figure(people)} if people else ""


def after_months(months: int | None) -> str:
    """How long it took to the first results."""
    if months is None:
        return ""
    return ngettext("after %(number)d month", "after %(number)d months", months) % {"number": months}


def facts(material: Material) -> list[SimpleNamespace]:
    """The lines of the file card that lead to practices alike."""
    neutral, path = material.neutral, material.library.url()
    outcome = [(value, Outcome(value).label) for value in [neutral.get("outcome")] if value]
    cost = [
        (value, Cost(value).label)
        for value in [cost_of(neutral.get("budget_amount"), neutral.get("budget_band") or "")]
        if value
    ]
    time = [(value, TimeToResults(value).label) for value in [time_of(neutral.get("months_to_results"))] if value]
    return [
        fact_line(path, _("Outcome"), "outcome", outcome),
        fact_line(path, _("Budget"), "cost", cost),
        fact_line(path, _("Time to the first results"), "time", time),
        fact_line(path, _("They offer"), None, [(value, Offer(value).label) for value in neutral.get("offers") or ()]),
    ]


def owners_of(rows: Sequence[Mapping[str, Any]], language: str) -> dict[str, Owner]:
    """Whose each practice is, with the page of the authority; by code."""
    given = {row["authority"] for row in rows} - {""}
    found = {authority.code_id: authority for authority in Authority.objects.visible().filter(code_id__in=given)}
    return {
        row["code_id"]: Owner(found[row["authority"]].name_in(language), found[row["authority"]].url_in(language))
        for row in rows
        if row["authority"] in found
    }


def origins(record: Practice, language: str) -> list[SimpleNamespace]:
    """Whose practice it is, and who took part."""
    partners = list(record.partners.all())
    given = {record.authority, *(partner.authority for partner in partners)} - {""}
    found = {authority.code_id: authority for authority in Authority.objects.filter(code_id__in=given)}
    rows = []
    if record.authority in found:
        owner = found[record.authority]
        rows.append(SimpleNamespace(label=named(owner, language), url=page_of(owner, language)))
    for partner in partners:
        authority = found.get(partner.authority)
        # A name that stands in the text is in the language of the text.
        name = named(authority, language) if authority else in_language(partner.name, record.source_language)
        label = format_html(conditional_escape(pgettext("lineage", "With: %(name)s")) % {"name": "{}"}, name)
        rows.append(SimpleNamespace(label=label, url=page_of(authority, language)))
    return rows


LIBRARY = Library(
    name="practices",
    model=Practice,
    sentences=Sentences(
        plural=gettext_lazy("Practices"),
        lead=gettext_lazy(
            "What authorities did, told by themselves or from public sources: "
            "what it took, what came of it, what did not work."
        ),
        description=gettext_lazy(
            "Practices of local authorities in education and training, with their costs, evidence and failures."
        ),
        newest=gettext_lazy("New practices"),
        on_topic=gettext_lazy("Practices: %(topic)s"),
        feed=gettext_lazy("CLAVET: new practices"),
        feed_on_topic=gettext_lazy("CLAVET: practices on %(topic)s"),
        none=gettext_lazy("There are no practices yet."),
        none_left=gettext_lazy("No practice meets all of these filters. Take one away:"),
        everything=gettext_lazy("All practices"),
        archived=gettext_lazy("This practice has been archived. It stays readable here but is no longer listed."),
        untranslated=gettext_lazy(
            "This practice has not been translated into your language yet. You are reading it in its own: %(language)s."
        ),
        older=gettext_lazy("This is version %(number)d of this practice. The latest is version %(latest)d."),
        about=gettext_lazy("About this practice"),
        cite=gettext_lazy("Cite this practice"),
        citation=gettext_lazy("CLAVET (%(year)d). %(title)s. CLAVET practice %(code)s, version %(version)d. %(url)s"),
        cited_as="CLAVET practice",
        number=lambda number: ngettext("%(number)d practice", "%(number)d practices", number) % {"number": number},
        revise=gettext_lazy("For its authors: revise this practice"),
    ),
    sections=(
        Section("challenge"),
        Section("what_was_done"),
        Section("participation"),
        Section("evidence", within=("library/_indicators.html",)),
        Section("what_did_not_work", tone="failed"),
        Section("how_to_transfer"),
        Section("depends_on"),
        Section("after_funding"),
    ),
    kinds=lambda: {"practice": _("Practice")},
    kind_of=kind_of,
    schema_type="Article",
    columns=("outcome", "place_name", "authority", "adopted_by"),
    owners_of=owners_of,
    notes_of=notes_of,
    place_of=place_of,
    facets={**{name: label for name, label in FACETS.items() if name != "kind"}, **MORE_FACETS},
    facet_labels=facet_labels,
    narrowing=narrowing,
    way_to_narrow=(gettext_lazy("What was tried in places like yours: choose a place"), "directory:list"),
    facts=facts,
    parts=parts,
    origins=origins,
    around=adopted.around,
    revise_url=lambda record: reverse("practices-desk:revise", args=[record.code_id]),
    before_sections=("practices/_facts.html",),
    after_sections=("practices/_adoptions.html",),
    for_reader=for_reader,
)
