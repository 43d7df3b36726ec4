"""The page of a record: from documents, so that the live page, an old version and a preview are made in one way."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy
from django_countries import countries

from clavet.languages import LANGUAGES, own_name
from clavet.library.cards import Card, cards_in_order, marks
from clavet.library.kinds import Library, Section, Sentences, Words, library_of
from clavet.library.lineage import made_of
from clavet.publishing import fields, reading
from clavet.publishing.documents import Document
from clavet.publishing.facet_values import GovernanceLevel, Licence, Phase, Sector, SourceType, TargetGroup
from clavet.publishing.freshness import State
from clavet.publishing.models import Record, StoredFile, Translation, Version
from clavet.vocabulary.models import Concept
from clavet.web.lists import address
from clavet.web.markdown import render
from clavet.web.meta import absolute
from clavet.web.texts import Text

STATE_LABELS = {
    State.SOURCE: gettext_lazy("source"),
    State.PUBLISHED: "",
    State.SUMMARY: gettext_lazy("summary only"),
    State.OUTDATED: gettext_lazy("older version"),
    State.MISSING: gettext_lazy("not translated"),
}


@dataclass(frozen=True)
class Material:
    """What a page is made from: the documents of one version, and in which language each part is read."""

    record: Record
    version: int
    source: Document
    translation: Document | None
    choice: reading.Choice

    def text(self, key: str) -> Text:
        """The text under ``key`` in the language chosen for its part; in the source language where the translation
        has none (it was made of an older version, or came in by a lenient import)."""
        spec = self.record.shape.spec_of(key)
        language = self.choice.head if spec is not None and spec.summary else self.choice.body
        if language != self.record.source_language and self.translation is not None:
            value = self.translation["texts"].get(key, "")
            if value:
                return Text(value, language, self.choice.page)
        return Text(self.source["texts"].get(key, ""), self.record.source_language, self.choice.page)

    @property
    def neutral(self) -> dict[str, Any]:
        """What is the same in every language."""
        return self.source["neutral"]

    @property
    def library(self) -> Library:
        """The kind of the record."""
        return library_of(self.record.code_id)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows called ``name``."""
        return self.source["children"].get(name, [])


@dataclass
class Reading:
    """A record as its page shows it."""

    code: str
    kind_label: str
    version: int
    is_live: bool
    title: Text
    summary: Text
    glance: list[SimpleNamespace]
    sections: list[SimpleNamespace]
    indicators: list[SimpleNamespace]
    sources: list[SimpleNamespace]
    attachments: list[SimpleNamespace]
    facts: list[SimpleNamespace]
    permanent_url: str
    sentences: Sentences
    before_sections: tuple[str, ...] = ()
    after_sections: tuple[str, ...] = ()
    # What only this kind of record has, for the templates that its library names.
    parts: dict[str, Any] = field(default_factory=dict)
    notices: list[SimpleNamespace] = field(default_factory=list)
    languages: list[SimpleNamespace] = field(default_factory=list)
    history: list[SimpleNamespace] = field(default_factory=list)
    lineage: list[SimpleNamespace] = field(default_factory=list)
    related: list[Card] = field(default_factory=list)
    marks: list[SimpleNamespace] = field(default_factory=list)
    cite: SimpleNamespace | None = None
    published_on: str = ""
    confirmed_on: str = ""
    changed_on: str = ""
    report_url: str = ""
    revise_url: str = ""
    offer_url: str | None = None
    mail_subject_url: str = ""
    collect_url: str = ""
    compare_url: str = ""
    compare_label: Words = ""


def read(material: Material, *, is_live: bool) -> Reading:
    """The parts of the page that follow from the documents alone."""
    neutral, library = material.neutral, material.library
    numbers = {row["id"]: index for index, row in enumerate(material.rows("sources"), start=1)}
    record = material.record
    return Reading(
        code=record.code_id,
        kind_label=library.kind_of(neutral),
        version=material.version,
        is_live=is_live,
        title=material.text("title"),
        summary=material.text("summary"),
        glance=list(glance(material)),
        sections=list(sections(material)),
        indicators=list(indicators(material, numbers)),
        sources=[source(row, numbers[row["id"]]) for row in material.rows("sources")],
        attachments=attachments(material),
        facts=facts(material),
        permanent_url=absolute(reverse("permanent", args=[record.code_id])),
        sentences=library.sentences,
        before_sections=library.before_sections,
        after_sections=library.after_sections,
        parts=library.parts(material),
    )


def glance(material: Material) -> Iterator[SimpleNamespace]:
    """Its few lines at a glance: shown when all are there."""
    lines = [(name, material.text(name)) for name in material.library.glance]
    if all(text for _name, text in lines):
        for name, text in lines:
            yield SimpleNamespace(label=str(material.record.shape.text(name).label), text=text)


def sections(material: Material) -> Iterator[SimpleNamespace]:
    """The long texts under their headings; those that nobody wrote are left out."""
    for part in material.library.sections:
        text = material.text(part.name)
        if text:
            yield section(material, part, render(text.value), text.lang_attribute)
        elif part.name in material.neutral.get("unknown", ()):
            yield section(material, part, format_html("<p>{}</p>", _("Not known from public sources.")), "")


def section(material: Material, part: Section, html: SafeString, lang_attribute: SafeString | str) -> SimpleNamespace:
    """One long text under its heading."""
    return SimpleNamespace(
        name=part.name,
        heading=str(material.record.shape.text(part.name).label),
        html=html,
        lang_attribute=lang_attribute,
        tone=part.tone,
        within=part.within,
        below=part.below,
    )


def indicators(material: Material, numbers: dict[str, int]) -> Iterator[SimpleNamespace]:
    """The figures, as the reader's country writes numbers."""
    for row in material.rows("indicators"):
        yield SimpleNamespace(
            name=material.text(f"indicator.{row['id']}.name"),
            unit=material.text(f"indicator.{row['id']}.unit"),
            before=figure(row.get("before")),
            after=figure(row.get("after")),
            bars=bars(row.get("before"), row.get("after")),
            year=row.get("year"),
            source=numbers.get(row.get("source") or ""),
        )


# How long the longer of two bars is drawn.
LONGEST_BAR = 240


def bars(before: str | None, after: str | None) -> tuple[int, int] | None:
    """How long the bars of a figure before and after are; ``None`` where two bars would show nothing."""
    if not before or not after or float(before) < 0 or float(after) < 0:
        return None
    most = max(float(before), float(after))
    return (round(LONGEST_BAR * float(before) / most), round(LONGEST_BAR * float(after) / most)) if most else None


def figure(value: str | None) -> str | None:
    """``"8.9"`` as ``8.9`` or ``8,9``; ``None`` where there is no figure."""
    return number_format(value, use_l10n=True, force_grouping=True) if value else None


def source(row: dict[str, Any], number: int) -> SimpleNamespace:
    """A source as it is listed."""
    return SimpleNamespace(
        number=number,
        title=row["title"],
        lang=row.get("language") or "und",
        publisher=row["publisher"],
        year=row.get("year"),
        link=row.get("link"),
        type_label=str(SourceType(row["type"]).label) if row.get("type") else "",
    )


def attachments(material: Material) -> list[SimpleNamespace]:
    """The files to take away, with their size."""
    rows = [row for row in material.rows("attachments") if row.get("file") and row.get("name")]
    sizes = (
        dict(StoredFile.objects.filter(pk__in=[row["file"] for row in rows]).values_list("pk", "size")) if rows else {}
    )
    return [
        SimpleNamespace(
            title=material.text(f"attachment.{row['id']}.title"),
            url=material.library.url("file", material.record.code_id, material.version, row["id"], row["name"]),
            type=fields.ending(row["name"]).upper(),
            size=filesizeformat(sizes.get(row["file"], 0)),
            language_name=own_name(row["language"]),
            language=row["language"],
        )
        for row in rows
    ]


def facts(material: Material) -> list[SimpleNamespace]:
    """The facets of the record, each value leading to the list of what shares it."""
    neutral, language = material.neutral, material.choice.page
    fact = partial(fact_line, material.library.url())
    labels = dict(Concept.objects.filter(pk__in=neutral.get("topics", [])).values_list("id", f"preferred_{language}"))
    level = [neutral["governance_level"]] if neutral.get("governance_level") else []
    licence = Licence(neutral["licence"])
    found = [
        fact(_("Phase"), "phase", [(value, Phase(value).label) for value in neutral.get("phases", [])]),
        SimpleNamespace(
            label=_("Topics"),
            items=[
                SimpleNamespace(label=labels[key], url=reverse("vocabulary:concept", args=[key]))
                for key in neutral.get("topics", [])
                if key in labels
            ],
        ),
        fact(_("Sector"), "sector", [(value, Sector(value).label) for value in neutral.get("sectors", [])]),
        fact(_("For"), None, [(value, TargetGroup(value).label) for value in neutral.get("target_groups", [])]),
        fact(_("Level"), "level", [(value, GovernanceLevel(value).label) for value in level]),
        fact(_("Country"), "country", [(value, countries.name(value)) for value in neutral.get("countries", [])]),
        *material.library.facts(material),
        SimpleNamespace(label=_("Licence"), items=[SimpleNamespace(label=licence.label, url=licence.url)]),
    ]
    return [entry for entry in found if entry.items]


def fact_line(path: str, label: str, facet: str | None, values: Iterable[tuple[str, Any]]) -> SimpleNamespace:
    """One line of facts; with ``facet`` its values lead into the list at ``path``."""
    items = [
        SimpleNamespace(label=str(text), url=address(path, {facet: [value]}) if facet else None)
        for value, text in values
    ]
    return SimpleNamespace(label=label, items=items)


# ---------------------------------------------------------------- around the document


def dress(page: Reading, record: Record, choice: reading.Choice, translations: list[Translation]) -> Reading:
    """Add to the page of a public record what stands around its text: languages, history, lineage, what to read
    next."""
    language = choice.page
    now = timezone.now()
    page.languages = language_states(record, translations, language, now)
    page.history = history(record, language)
    page.lineage = lineage(record, choice)
    page.marks = marks(choice, record.is_example, record.review_by, timezone.localdate(now))
    page.published_on = day(record.published_at)
    page.changed_on = day(record.changed_at)
    page.confirmed_on = date_format(record.confirmed_on, "YEAR_MONTH_FORMAT") if record.confirmed_on else ""
    page.related = related(record, language)
    page.parts |= library_of(record.code_id).around(record, choice)
    page.report_url = reverse("contact:report", args=[record.code_id])
    if record.status == Record.Status.PUBLISHED:
        page.revise_url = library_of(record.code_id).revise_url(record)
    if choice.state in (State.MISSING, State.SUMMARY, State.OUTDATED):
        page.offer_url = reverse("contact:offer", args=[record.code_id])
    return page


def day(moment: datetime.datetime | None) -> str:
    """A moment as the day on which it was, in the portal's time zone."""
    return date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


def language_states(
    record: Record, translations: list[Translation], language: str, now: datetime.datetime
) -> list[SimpleNamespace]:
    """The nine languages, each with what a reader finds there."""
    found = reading.states(record.source_language, translations, now)
    return [
        SimpleNamespace(
            code=code,
            name=name,
            url=record.url_in(code),
            state=found[code][0].value,
            state_label=STATE_LABELS[found[code][0]],
            current=code == language,
        )
        for code, name in LANGUAGES
    ]


def history(record: Record, language: str) -> list[SimpleNamespace]:
    """All versions, the latest first."""
    versions = Version.objects.filter(code_id=record.code_id).defer("document").order_by("-number")
    return [
        SimpleNamespace(
            number=version.number,
            url=record.url_in(language)
            if version.number == record.version
            else library_of(record.code_id).url("version", record.code_id, version.number),
            date=day(version.accepted_at),
            significance_label=version.get_significance_display() if version.number > 1 else "",
            note=change_note(version, language),
            withheld=withheld_text(version),
        )
        for version in versions
    ]


def change_note(version: Version, language: str) -> Text | None:
    """The line on what changed: in the reader's language if there is one, else in the source's, else in English."""
    for code in (language, version.language, "en"):
        if version.change_note.get(code):
            return Text(version.change_note[code], code, language)
    return None


def withheld_text(version: Version) -> str:
    """That, when and why a version cannot be read; empty for one that can."""
    if not version.withheld:
        return ""
    when = date_format(version.withheld_on, "DATE_FORMAT")
    if version.withheld == Version.Withholding.RIGHTS:
        return _("Withheld on %(day)s because of the rights of others.") % {"day": when}
    return _("Withheld on %(day)s to protect somebody’s privacy.") % {"day": when}


def lineage(record: Record, choice: reading.Choice) -> list[SimpleNamespace]:
    """How the text came about: who stands behind it, from what it was compiled, what was made of it, who translated
    it."""
    found = []
    if record.compiled_on:
        when = date_format(record.compiled_on, "DATE_FORMAT")
        found.append(SimpleNamespace(label=_("Compiled from public sources on %(day)s") % {"day": when}, url=None))
    found += library_of(record.code_id).origins(record, choice.page)
    found += made_of(record, choice.page)
    translation = choice.translation
    if translation is not None:
        label = {
            "human": _("Translated by a person"),
            "machine": _("Translated by machine"),
            "machine_edited": _("Translated by machine, edited by a person"),
        }[translation.method]
        if translation.translator_name:
            label = f"{label}: {translation.translator_name}"
        found.append(SimpleNamespace(label=label, url=None))
    if record.is_sample:
        found.append(SimpleNamespace(label=_("Sample content of this installation"), url=reverse("pages:about")))
    return found


def related(record: Record, language: str) -> list[Card]:
    """The related records that are public, in the order given."""
    return cards_in_order(record.related, language) if record.related else []
