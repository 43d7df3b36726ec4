"""What is measured of practices: their lists and pages, and the coordinators' queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from bench.addresses import AUTHORITIES, PRACTICES, QUEUE, SEARCH, TABLE, asked

# The places at which somebody's turn can be (practices.admin).
WAITS = ("late", "check", "reviewers", "reviews", "decision", "authors", "mine")


def reading(
    pages: Sequence[str], facets: Mapping[str, Sequence[str]], words: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """Addresses that everybody reads, by case."""
    by_facet = {
        f"practices, by {name}": [asked(PRACTICES, **{name: value}) for value in values]
        for name, values in facets.items()
        if values
    }
    several = product(facets["topic"][:4], facets["outcome"][:2], facets["size"][:3])
    return {
        "practice": list(pages),
        "practices, list": [asked(PRACTICES, page=str(page), sort="title") for page in range(1, 30)],
        **by_facet,
        "practices, several filters": [
            asked(PRACTICES, topic=topic, outcome=outcome, size=size, sort="title") for topic, outcome, size in several
        ],
        "search, practices": [asked(SEARCH, q=word, kind="practice") for word in words["common"]],
    }


def queue(cases: Sequence[tuple[int, str, str]]) -> dict[str, list[str]]:
    """Addresses of the admin, by case: for a coordinator."""
    some = cases[:20]
    return {
        "queue": [asked(QUEUE, p=str(page)) for page in range(1, 2 + len(cases) // 50)],
        "queue, by whose turn": [asked(QUEUE, waits=name) for name in WAITS],
        "queue, by state and language": [
            asked(QUEUE, state__exact=state, revision__language__exact=language)
            for state, language in product(("submitted", "in_review", "declined"), ("en", "el"))
        ],
        "queue, searched": [asked(QUEUE, q=code) for _key, code, _authority in some],
        "queue, a case": [f"{QUEUE}{key}/change/" for key, _code, _authority in some],
        "table of practices": [asked(TABLE, p=str(page)) for page in range(1, 4)],
        "table of practices, by translation": [
            asked(TABLE, translation=state, lang=language)
            for state, language in product(("missing", "published", "outdated"), ("el", "fr"))
        ],
        "table of practices, searched": [asked(TABLE, q=code) for _key, code, _authority in some],
        "authorities, searched": [asked(AUTHORITIES, q=authority) for _key, _code, authority in some],
    }
