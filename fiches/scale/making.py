"""Fiches and authorities by the thousand, with everything that accepting them would have written."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from clavet.languages import CODES
from clavet.publishing import codes, naming
from clavet.publishing.documents import Document
from clavet.publishing.facet_values import GovernanceLevel, Licence, Phase, Sector, SourceType, TargetGroup
from clavet.publishing.models import LogEntry, PublishingRules, Record, Translation, Version
from clavet.publishing.models.revisions import Method
from clavet.publishing.workflow import add_months
from clavet.vocabulary.models import Concept
from fiches.kinds import Kind
from fiches.models import Fiche, Indicator, Source
from fiches.scale.texts import SYNTHETIC, fiche_texts, phrase
from fiches.scale.words import Wordstock, capitalised, read_wordstock
from network.models import Authority

# So many are made and written at once; each batch is a transaction of its own.
BATCH = 500
# The publication dates of synthetic fiches lie between now and so long ago.
SPAN = datetime.timedelta(days=5 * 365)
COUNTRIES = ("BE", "CY", "DE", "ES", "FR", "GR", "HR", "IE", "IT", "LU", "MT", "NL", "PT", "RO", "TR")
# A policy tool needs steps and a file, which would tell nothing more here.
KINDS = (Kind.BEST_PRACTICE, Kind.PRACTICAL_EXAMPLE, Kind.LESSON_LEARNED, Kind.TRAINING_UNIT)


@dataclass(frozen=True)
class Plan:
    """In which languages fiches are made (the first is the source of every other one), and of what."""

    stocks: tuple[Wordstock, ...]
    concepts: Sequence[str]
    authorities: Sequence[str]
    review_months: int
    now: datetime.datetime
    seed: int

    def at(self, authorities: Sequence[str]) -> Plan:
        """The same plan, its fiches of the authorities with these codes."""
        return replace(self, authorities=authorities)


def make_plan(data: Path, languages: Sequence[str], seed: int) -> Plan:
    """Read the words of ``languages`` from ``data`` and the vocabulary from the database, which must hold one."""
    return Plan(
        stocks=tuple(read_wordstock(data, language, seed) for language in languages),
        concepts=list(Concept.objects.order_by("pk").values_list("pk", flat=True)),
        authorities=(),
        review_months=PublishingRules.in_force().review_months,
        now=timezone.now(),
        seed=seed,
    )


# ---------------------------------------------------------------- fiches


def make_fiches(plan: Plan, number: int) -> int:
    """Write ``number`` published fiches under the next free codes; returns how many."""
    for start in range(0, number, BATCH):
        with transaction.atomic():
            given = codes.allot_many(Fiche.shape.prefix, min(BATCH, number - start))
            write_batch(plan, [Sketch(plan, code) for code in given])
    return number


class Sketch:
    """One fiche before it is written: its document, its texts by language, its dates. The same for one seed."""

    def __init__(self, plan: Plan, code: str) -> None:
        random = Random(f"{plan.seed}:{code}")  # noqa: S311 - nothing secret
        self.code = code
        # Every other fiche begins in the first language, the rest in each of the others in turn.
        number = int(code[3:])
        self.source = plan.stocks[0 if number % 2 else number // 2 % len(plan.stocks)].language
        self.texts = {
            stock.language: {
                **fiche_texts(stock, number, random),
                "indicator.i1.name": phrase(stock, random.randint(3, 8), 160, random),
                "indicator.i1.unit": "%",
            }
            for stock in plan.stocks
        }
        self.document: Document = {
            "texts": self.texts[self.source],
            "neutral": neutral(plan, number, random),
            "children": children(plan, random),
        }
        self.published_at = plan.now - SPAN * random.random()
        self.translated_at = min(plan.now, self.published_at + datetime.timedelta(days=random.uniform(1, 60)))
        self.review_by = add_months(self.published_at.date(), plan.review_months)

    def translations(self) -> list[str]:
        """The languages that the fiche is translated into."""
        return [language for language in self.texts if language != self.source]


def neutral(plan: Plan, number: int, random: Random) -> dict[str, Any]:
    """What is the same in every language, in the form in which documents keep it."""
    return {
        "kind": skewed(KINDS, 1, random)[0],
        "topics": skewed(plan.concepts, random.randint(1, 4), random),
        "phases": some(Phase.values, 2, random),
        "sectors": some(Sector.values, 2, random),
        "target_groups": some(TargetGroup.values, 3, random),
        "governance_level": skewed(GovernanceLevel.values, 1, random)[0],
        "countries": sorted(skewed(COUNTRIES, random.randint(1, 2), random)),
        "licence": Licence.CC_BY.value,
        "compiled_on": None,
        "review_months": None,
        "authorities": skewed(plan.authorities, 1, random) if plan.authorities else [],
        "related": [],
    }


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


def children(plan: Plan, random: Random) -> dict[str, list[dict[str, Any]]]:
    """Rows of a fiche: an indicator, and one to three sources in the first language."""
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
    return {"indicators": [{**indicator, "source": "s1"}], "sources": sources, "steps": [], "attachments": []}


# ---------------------------------------------------------------- into the tables


def write_batch(plan: Plan, sketches: list[Sketch]) -> None:
    """Write what accepting these fiches and their translations would have written, but for the facets and the index:
    ``effects.rebuild_all`` lays these out for all at once."""
    fiches = Fiche.objects.bulk_create(map(live_row, sketches))
    together = list(zip(fiches, sketches, strict=True))
    links = Fiche.topics.through
    links.objects.bulk_create(
        links(fiche_id=fiche.pk, concept_id=concept)
        for fiche, sketch in together
        for concept in sketch.document["neutral"]["topics"]
    )
    Indicator.objects.bulk_create(row for fiche, sketch in together for row in indicators(fiche, sketch))
    Source.objects.bulk_create(
        Source(record=fiche, stable_id=row["id"], position=position, **{k: v for k, v in row.items() if k != "id"})
        for fiche, sketch in together
        for position, row in enumerate(sketch.document["children"]["sources"])
    )
    Version.objects.bulk_create(map(first_version, sketches))
    Translation.objects.bulk_create(
        translation(sketch, language) for sketch in sketches for language in sketch.translations()
    )
    LogEntry.objects.bulk_create(
        LogEntry(code_id=sketch.code, action="imported", by_operator=True, at=plan.now) for sketch in sketches
    )


def live_row(sketch: Sketch) -> Fiche:
    """The fiche as its readers get it, not yet written."""
    about = sketch.document["neutral"]
    source = sketch.document["texts"]
    # Every column by name: working out the default of each translated one takes longer than writing the row.
    texts = {
        f"{spec.name}_{language}": sketch.texts.get(language, {}).get(spec.name, "")
        for spec in Fiche.shape.texts
        for language in CODES
    }
    derived = {f"{name}_{language}": "" for name in ("slug", "sort_key") for language in CODES}
    fiche = Fiche(
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
    naming.derive(fiche)
    return fiche


def indicators(fiche: Fiche, sketch: Sketch) -> Iterator[Indicator]:
    """The indicators of a fiche in all its languages, not yet written."""
    for position, row in enumerate(sketch.document["children"]["indicators"]):
        yield Indicator(
            record=fiche,
            stable_id=row["id"],
            position=position,
            **{name: row[name] for name in ("before", "after", "year", "source")},
            **{
                f"{name}_{language}": texts[f"indicator.{row['id']}.{name}"]
                for language, texts in sketch.texts.items()
                for name in ("name", "unit")
            },
        )


def first_version(sketch: Sketch) -> Version:
    """Version 1 of a fiche, not yet written."""
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


# ---------------------------------------------------------------- authorities


@transaction.atomic
def make_authorities(plan: Plan, number: int) -> list[str]:
    """Write ``number`` authorities under the next free codes; returns the codes."""
    given = codes.allot_many("AU", number)
    authorities = [authority(plan, code) for code in given]
    bulk_create_with_history(authorities, Authority, batch_size=BATCH)
    return given


def authority(plan: Plan, code: str) -> Authority:
    """An authority with an invented name in one of the languages, not yet written."""
    random = Random(f"{plan.seed}:{code}")  # noqa: S311 - nothing secret
    stock = random.choice(plan.stocks)
    place = capitalised(random.choice(stock.words), stock.language)
    return Authority(
        code_id=code,
        own_name=f"{place} ({SYNTHETIC[stock.language]} {int(code[3:])})",
        own_language=stock.language,
        country=random.choice(COUNTRIES),
        is_sample=True,
    )
