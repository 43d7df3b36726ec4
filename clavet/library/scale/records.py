"""Records by the thousand, with everything that accepting them would have written. Each kind says what is its own."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from random import Random
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import override
from django_countries import countries as countries_of_the_world

from clavet.languages import CODES
from clavet.library.scale.prose import SYNTHETIC, phrase
from clavet.library.scale.words import Wordstock, read_wordstock
from clavet.publishing import codes, naming
from clavet.publishing.documents import Document
from clavet.publishing.facet_values import GovernanceLevel, Licence, Phase, Sector, SourceType, TargetGroup
from clavet.publishing.models import LogEntry, PublishingRules, Record, Translation, Version
from clavet.publishing.models.revisions import Method
from clavet.publishing.shape import ChildSpec
from clavet.publishing.workflow import add_months
from clavet.vocabulary.models import Concept

# So many are made and written at once; each batch is a transaction of its own.
BATCH = 500
# The publication dates of synthetic records lie between now and so long ago.
SPAN = datetime.timedelta(days=5 * 365)


@dataclass(frozen=True)
class Person:
    """Somebody of a synthetic authority: the primary keys of the member and of the account."""

    member: int
    account: int


@dataclass(frozen=True)
class Owner:
    """What records say of a synthetic authority that is behind them."""

    code: str
    name: str
    country: str
    latitude: str
    longitude: str
    people: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Plan:
    """In which languages records are made (the first is the source of every other one), and of what."""

    stocks: tuple[Wordstock, ...]
    concepts: Sequence[str]
    review_months: int
    now: datetime.datetime
    seed: int
    owners: Sequence[Owner] = ()
    # The accounts of synthetic reviewers.
    reviewers: Sequence[int] = ()

    @cached_property
    def owners_by_code(self) -> dict[str, Owner]:
        """The authorities by their codes."""
        return {owner.code: owner for owner in self.owners}

    def owner(self, code: str) -> Owner:
        """The authority with this code."""
        return self.owners_by_code[code]

    def random_of(self, code: str) -> Random:
        """The chance of one record: the same for one seed."""
        return Random(f"{self.seed}:{code}")  # noqa: S311 - nothing secret


def make_plan(data: Path, languages: Sequence[str], seed: int) -> Plan:
    """Read the words of ``languages`` from ``data`` and the vocabulary from the database, which must hold one."""
    return Plan(
        stocks=tuple(read_wordstock(data, language, seed) for language in languages),
        concepts=list(Concept.objects.order_by("pk").values_list("pk", flat=True)),
        review_months=PublishingRules.in_force().review_months,
        now=timezone.now(),
        seed=seed,
    )


@dataclass(frozen=True)
class Maker:
    """What is a kind's own: its texts in one language, what is neutral, its rows, and what hangs on those written."""

    model: type[Record]
    texts: Callable[[Wordstock, int, Random], dict[str, str]]
    neutral: Callable[[Plan, int, Random], dict[str, Any]]
    rows: Callable[[Plan, Random], dict[str, list[dict[str, Any]]]]
    and_then: Callable[[Plan, list[Sketch]], object] = lambda _plan, _sketches: None


def make_records(plan: Plan, maker: Maker, number: int) -> int:
    """Write ``number`` published records under the next free codes; returns how many."""
    for several in batches(number):
        with transaction.atomic():
            given = codes.allot_many(maker.model.shape.prefix, several)
            write_batch(plan, maker, [Sketch(plan, maker, code) for code in given])
    return number


def batches(number: int) -> Iterator[int]:
    """``number`` in parts of at most ``BATCH``."""
    for start in range(0, number, BATCH):
        yield min(BATCH, number - start)


class Sketch:
    """One record before it is written: its document, its texts by language, its dates. The same for one seed."""

    def __init__(self, plan: Plan, maker: Maker, code: str) -> None:
        random = plan.random_of(code)
        self.code = code
        # Every other record begins in the first language, the rest in each of the others in turn.
        self.number = int(code[3:])
        self.source = plan.stocks[0 if self.number % 2 else self.number // 2 % len(plan.stocks)].language
        self.texts = {
            stock.language: {
                **maker.texts(stock, self.number, random),
                "indicator.i1.name": phrase(stock, random.randint(3, 8), 160, random),
                "indicator.i1.unit": "%",
            }
            for stock in plan.stocks
        }
        neutral = maker.neutral(plan, self.number, random)
        self.document: Document = {
            "texts": self.texts[self.source],
            # In the order in which a form or an import would write it.
            "neutral": {spec.name: neutral[spec.name] for spec in maker.model.shape.neutral if spec.name in neutral},
            "children": maker.rows(plan, random),
        }
        self.published_at = plan.now - SPAN * random.random()
        self.translated_at = min(plan.now, self.published_at + datetime.timedelta(days=random.uniform(1, 60)))
        self.review_by = add_months(self.published_at.date(), plan.review_months)

    def translations(self) -> list[str]:
        """The languages that the record is translated into."""
        return [language for language in self.texts if language != self.source]


# ---------------------------------------------------------------- what all kinds have


def facets(plan: Plan, random: Random, countries: Iterable[str]) -> dict[str, Any]:
    """What all kinds say in the same fields, in the form in which documents keep it."""
    return {
        "topics": skewed(plan.concepts, random.randint(1, 4), random),
        "phases": some(Phase.values, 2, random),
        "sectors": some(Sector.values, 2, random),
        "target_groups": some(TargetGroup.values, 3, random),
        "governance_level": skewed(GovernanceLevel.values, 1, random)[0],
        "countries": sorted(countries, key=places_in_lists().index),
        "licence": Licence.CC_BY.value,
        "compiled_on": None,
        "review_months": None,
        "related": [],
    }


@cache
def places_in_lists() -> list[str]:
    """The codes of all countries in the order of their English names, as the form keeps them."""
    with override("en"):
        return [code for code, _name in countries_of_the_world]


def skewed(values: Sequence[str], number: int, random: Random) -> list[str]:
    """``number`` of ``values``, none twice; the first of them come up much more often than the last."""
    drawn: dict[str, None] = {}
    while len(drawn) < min(number, len(values)):
        place = int(len(values) ** random.random()) - 1
        drawn[str(values[place])] = None
    return list(drawn)


def some(values: Sequence[str], at_most: int, random: Random) -> list[str]:
    """From one to ``at_most`` of ``values``, in their order."""
    chosen = set(skewed(values, random.randint(1, at_most), random))
    return [value for value in values if value in chosen]


def rows(plan: Plan, random: Random) -> dict[str, list[dict[str, Any]]]:
    """Rows that every kind has: an indicator, and one to three sources in the first language."""
    stock = plan.stocks[0]
    sources = [
        {
            "id": f"s{place}",
            "type": random.choice(SourceType.values),
            "title": phrase(stock, random.randint(4, 12), 300, random),
            "language": stock.language,
            "publisher": f"{SYNTHETIC[stock.language]} {phrase(stock, 2, 150, random)}",
            "year": random.randint(1995, 2025),
            "link": f"https://example.org/{random.randrange(10**8)}",
        }
        for place in range(1, random.randint(2, 4))
    ]
    before = random.randint(5, 70)
    indicator = {"id": "i1", "before": f"{before}", "after": f"{before + random.randint(1, 25)}", "year": 2024}
    return {"indicators": [{**indicator, "source": "s1"}], "sources": sources, "attachments": []}


# ---------------------------------------------------------------- into the tables


def write_batch(plan: Plan, maker: Maker, sketches: list[Sketch]) -> None:
    """Write what accepting these records and their translations would have written, but for the facets and the index:
    ``effects.rebuild_all`` lays these out for all at once."""
    records = maker.model.objects.bulk_create(live_row(maker, sketch) for sketch in sketches)
    together = list(zip(records, sketches, strict=True))
    links = maker.model.topics.through
    own_side = maker.model.topics.field.m2m_field_name()
    links.objects.bulk_create(
        links(**{f"{own_side}_id": record.pk}, concept_id=concept)
        for record, sketch in together
        for concept in sketch.document["neutral"]["topics"]
    )
    for child in maker.model.shape.children:
        table = maker.model._meta.get_field(child.name).related_model
        table.objects.bulk_create(
            row for record, sketch in together for row in child_rows(table, child, record, sketch)
        )
    Version.objects.bulk_create(map(first_version, sketches))
    Translation.objects.bulk_create(
        translation(sketch, language) for sketch in sketches for language in sketch.translations()
    )
    LogEntry.objects.bulk_create(
        LogEntry(code_id=sketch.code, action="imported", by_operator=True, at=plan.now) for sketch in sketches
    )
    maker.and_then(plan, sketches)


def live_row(maker: Maker, sketch: Sketch) -> Record:
    """The record as its readers get it, not yet written."""
    about = sketch.document["neutral"]
    source = sketch.document["texts"]
    # Every column by name: working out the default of each translated one takes longer than writing the row.
    texts = {
        f"{spec.name}_{language}": sketch.texts.get(language, {}).get(spec.name, "")
        for spec in maker.model.shape.texts
        for language in CODES
    }
    derived = {f"{name}_{language}": "" for name in ("slug", "sort_key") for language in CODES}
    record = maker.model(
        code_id=sketch.code,
        status=Record.Status.PUBLISHED,
        source_language=sketch.source,
        version=1,
        source_title=source["title"],
        source_summary=source["summary"],
        topic_order=about["topics"],
        is_sample=True,
        is_example=True,
        published_at=sketch.published_at,
        changed_at=sketch.translated_at if sketch.translations() else sketch.published_at,
        review_by=sketch.review_by,
        **{name: value for name, value in about.items() if name != "topics"},
        **texts,
        **derived,
    )
    naming.derive(record)
    return record


def child_rows(table: type[models.Model], child: ChildSpec, record: Record, sketch: Sketch) -> Iterator[models.Model]:
    """The rows of one kind of a record, in all its languages, not yet written."""
    for position, row in enumerate(sketch.document["children"].get(child.name, [])):
        yield table(
            record=record,
            stable_id=row["id"],
            position=position,
            **{name: value for name, value in row.items() if name != "id"},
            **{
                f"{spec.name}_{language}": texts.get(f"{child.key}.{row['id']}.{spec.name}", "")
                for language, texts in sketch.texts.items()
                for spec in child.texts
            },
        )


def first_version(sketch: Sketch) -> Version:
    """Version 1 of a record, not yet written."""
    return Version(
        code_id=sketch.code,
        number=1,
        language=sketch.source,
        significance=Version.Significance.MAJOR,
        document=sketch.document,
        accepted_at=sketch.published_at,
    )


def translation(sketch: Sketch, language: str) -> Translation:
    """The current translation of version 1, not yet written."""
    return Translation(
        code_id=sketch.code,
        version_number=1,
        language=language,
        method=Method.MACHINE,
        document={"texts": sketch.texts[language]},
        accepted_at=sketch.translated_at,
    )
