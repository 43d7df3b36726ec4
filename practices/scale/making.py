"""What is a practice's own among synthetic records."""

from __future__ import annotations

from random import Random
from typing import Any

from clavet.library.scale.prose import texts_of
from clavet.library.scale.records import Maker, Plan, facets, rows, skewed, some
from clavet.library.scale.words import Wordstock
from practices.facts import BudgetPeriod, Cost, Evaluation, Funding, Offer, Outcome
from practices.models import Practice
from practices.scale.queue import write_cases

# The long texts, with the share of the words that each has.
SHARES = {
    "challenge": 0.12,
    "what_was_done": 0.3,
    "participation": 0.1,
    "evidence": 0.14,
    "what_did_not_work": 0.1,
    "how_to_transfer": 0.12,
    "depends_on": 0.06,
    "after_funding": 0.06,
}
MOST_MONTHS = 36
# Budgets are drawn evenly on a scale of magnitudes, from a small one to a large one.
LEAST_EUR, MOST_EUR = 1_000, 4_000_000


def texts(stock: Wordstock, number: int, random: Random) -> dict[str, str]:
    """The texts of a practice in the language of ``stock``."""
    return texts_of(stock, number, SHARES, random)


def neutral(plan: Plan, _number: int, random: Random) -> dict[str, Any]:
    """What is the same in every language: every facet filled. One without members to ask is told by public sources."""
    owner = random.choice(plan.owners)
    year, goes_on = random.randint(2010, 2023), random.random() < 0.5
    found = {
        **facets(plan, random, [owner.country]),
        "authority": owner.code,
        "place_name": owner.name[:120],
        "latitude": owner.latitude,
        "longitude": owner.longitude,
        "period_from": f"{year}-{random.randint(1, 12):02d}",
        "period_to": "" if goes_on else f"{year + random.randint(1, 3)}-06",
        "budget_period": random.choice(BudgetPeriod.values),
        "people": f"{random.randint(1, 12) / 2:g}",
        "funding_sources": some(Funding.values, 2, random),
        "months_to_results": random.randint(1, MOST_MONTHS),
        "outcome": skewed(Outcome.values, 1, random)[0],
        "evaluation": random.choice(Evaluation.values),
        "evaluation_link": "",
        "offers": some(Offer.values, 3, random),
        "contact": owner.people[0].member if owner.people else None,
        "unknown": [] if owner.people else ["contact"],
        **budget(random),
    }
    return found if owner.people else {**found, "compiled_on": plan.now.date().isoformat()}


def budget(random: Random) -> dict[str, Any]:
    """An amount, or a band for one in three."""
    if random.random() < 1 / 3:
        return {"budget_amount": None, "budget_band": random.choice(Cost.values)}
    return {"budget_amount": round(LEAST_EUR * (MOST_EUR / LEAST_EUR) ** random.random(), -2), "budget_band": ""}


MAKER = Maker(Practice, texts, neutral, lambda plan, random: {**rows(plan, random), "partners": []}, write_cases)
