"""What is a fiche's own among synthetic records."""

from __future__ import annotations

from random import Random
from typing import Any

from clavet.library.scale.prose import phrase, texts_of
from clavet.library.scale.records import Maker, Plan, facets, rows, skewed
from clavet.library.scale.words import Wordstock
from fiches.kinds import Kind
from fiches.models import Fiche
from network.scale import COUNTRIES

# A policy tool needs steps and a file, which would tell nothing more here.
KINDS = (Kind.BEST_PRACTICE, Kind.PRACTICAL_EXAMPLE, Kind.LESSON_LEARNED, Kind.TRAINING_UNIT)
# The long texts, with the share of the words that each has.
SHARES = {
    "context": 0.15,
    "what_was_done": 0.35,
    "results": 0.2,
    "what_did_not_work": 0.1,
    "lessons": 0.1,
    "how_to_transfer": 0.1,
}


def texts(stock: Wordstock, number: int, random: Random) -> dict[str, str]:
    """The texts of a fiche in the language of ``stock``."""
    return {
        **texts_of(stock, number, SHARES, random),
        "who": phrase(stock, random.randint(3, 7), 120, random),
        "what": phrase(stock, random.randint(4, 9), 120, random),
        "result": phrase(stock, random.randint(4, 9), 120, random),
    }


def neutral(plan: Plan, _number: int, random: Random) -> dict[str, Any]:
    """What is the same in every language."""
    return {
        **facets(plan, random, skewed(list(COUNTRIES), random.randint(1, 2), random)),
        "kind": skewed(KINDS, 1, random)[0],
        "made_from": "",
        "authorities": [random.choice(plan.owners).code] if plan.owners else [],
    }


MAKER = Maker(Fiche, texts, neutral, lambda plan, random: {**rows(plan, random), "steps": []})
