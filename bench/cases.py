"""What is measured on one portal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from itertools import pairwise

from bench import practices
from bench.addresses import LIST, SEARCH, SUGGESTIONS, asked
from bench.measuring import Figures, Subject, measure, measure_together, warm
from bench.portals import Portal
from bench.report import note, say
from bench.servers import Server, running

MEGABYTE = 1_000_000
MINIMAL = ["/en/minimal/"]
BARE = "bare function, bytes of the"
# Bytes of the bare function's own headers.
HEAD_OF_BARE = 135


def run(portal: Portal, scale: int, requests: int) -> None:
    """Fill ``portal`` with ``scale`` fiches and as many practices, measure everything on it and print the figures.

    ``requests`` is how often an uncached page is asked for in a round; what is quicker is asked for more often.
    """
    name = portal.database
    note(f"{name}: loading {scale} fiches and practices …")
    filled = portal.inside("fill", fiches=scale, practices=scale, authorities=scale // 2, members=scale * 2)
    say(f"{name}, load_scale with index", filled["seconds"], "seconds")
    say(f"{name}, index, building", filled["index_seconds"], "seconds")
    say(f"{name}, index, size", filled["index_bytes"] / MEGABYTE, "MB")
    addresses, words = portal.inside("addresses"), portal.inside("words")
    fiches = addresses["fiches"]
    found = {**finding(words), **practices.reading(addresses["practices"], portal.inside("facets"), words)}
    staff = portal.inside("queue")
    queue = practices.queue(staff["cases"])
    with ExitStack() as stack:
        uncached = stack.enter_context(running("portal", {**portal.environ, "CLAVET_PAGE_CACHE": "0"}))
        pages(stack, portal, uncached, fiches, requests)
        latencies(name, uncached, found)
        latencies(name, uncached, queue, staff["cookie"])
        for kind, size in sorted(uncached.memory().items()):
            say(f"{name}, memory of a worker, {kind}", size / MEGABYTE, "MB")
    say_queries(portal, {"list": [LIST], "fiche": fiches, **found})
    say_queries(portal, queue, staff["cookie"])


def say_queries(portal: Portal, found: Mapping[str, Sequence[str]], cookie: str = "") -> None:
    """How many queries the first address of each case takes."""
    first = {case: paths[0] for case, paths in found.items()}
    counted = portal.inside("queries", paths=list(first.values()), cookie=cookie)
    for case, path in first.items():
        say(f"{portal.database}, {case}, queries", counted[path], "queries")


# ---------------------------------------------------------------- pages beside their baselines


def pages(stack: ExitStack, portal: Portal, uncached: Server, fiches: list[str], requests: int) -> None:
    """List and fiche from the page cache and without, beside the bare function and the minimal view."""
    cached = stack.enter_context(running("portal", portal.environ))
    minimal = stack.enter_context(running("minimal", portal.environ))
    quick = requests * 10
    some = fiches[:20]
    lists = [LIST, f"{LIST}?page=2", "/el/fiches/"]
    for server, paths in ((cached, [*some, *lists]), (minimal, MINIMAL), (uncached, [*fiches[-2:], LIST])):
        warm(server, paths)
    # As many bytes in all: the headers of a page are bytes as well.
    sizes = {
        case: round(measure(Subject(cached, paths, 40)).answer) - HEAD_OF_BARE for case, paths in bodies(some, lists)
    }
    environ = {**portal.environ, "BENCH_SIZES": ",".join(map(str, sizes.values()))}
    bare = stack.enter_context(running("bare", environ))
    warm(bare, [f"/{size}" for size in sizes.values()])
    cold = measure(Subject(uncached, fiches[20:-2] or fiches, min(requests, len(fiches[20:-2]) or len(fiches))))
    figures = measure_together(
        {
            "minimal view": Subject(minimal, MINIMAL, quick),
            **{f"{BARE} {case}": Subject(bare, [f"/{size}"], quick) for case, size in sizes.items()},
            "fiche, cached": Subject(cached, some, quick),
            "list, cached": Subject(cached, lists, quick),
            "fiche, uncached": Subject(uncached, some, requests),
            "list, uncached": Subject(uncached, lists, requests),
            "fiche, uncached, not compressed": Subject(uncached, some, requests, encoding="identity"),
            "list, uncached, not compressed": Subject(uncached, lists, requests, encoding="identity"),
        }
    )
    name = portal.database
    for case, size in sizes.items():
        say(f"{name}, {case}, on the wire", (size + HEAD_OF_BARE) / 1000, "KB")
    say_costs(name, {"fiche, uncached, first reading": cold, **figures})
    say_ratios(name, {"fiche, uncached, first reading": cold, **figures})


def bodies(fiches: list[str], lists: list[str]) -> list[tuple[str, list[str]]]:
    """The two kinds of page of which the bare function answers as many bytes."""
    return [("fiche", fiches), ("list", lists)]


def say_costs(name: str, figures: Mapping[str, Figures]) -> None:
    """Processor time and speed of each case."""
    for case, found in figures.items():
        say(f"{name}, {case}, CPU per request", found.cpu, "ms")
        say(f"{name}, {case}, speed", found.per_second, "requests/s")


def say_ratios(name: str, figures: Mapping[str, Figures]) -> None:
    """Processor time of pages as a multiple of their baselines'."""
    for case, found in figures.items():
        kind = case.partition(",")[0]
        if case.endswith(", cached"):
            base = figures[f"{BARE} {kind}"]
            say(f"{name}, {case}, to the bare function", found.cpu / base.cpu, "times")
        elif "uncached" in case:
            say(f"{name}, {case}, to the minimal view", found.cpu / figures["minimal view"].cpu, "times")


# ---------------------------------------------------------------- searches and filters


def finding(words: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Addresses of searches, suggestions and filtered lists, by case; each asks for something else."""
    common, rare, middle = words["common"], words["rare"], words["middle"]
    topics = words["topic_ids"]
    return {
        "search, rare word": [asked(SEARCH, q=word) for word in rare],
        "search, common word": [asked(SEARCH, q=word) for word in common],
        "search, two words": [asked(SEARCH, q=f"{one} {two}") for one, two in pairwise(common)],
        "search, common and rare": [asked(SEARCH, q=f"{one} {two}") for one, two in zip(common, rare, strict=False)],
        "search, phrase": [asked(SEARCH, q=f'"{one} {two}"') for one, two in pairwise(common)],
        "search, without a word": [asked(SEARCH, q=f"{one} -{two}") for one, two in zip(common, middle, strict=False)],
        "search, name of a topic": [asked(SEARCH, q=label) for label in words["topics"]],
        "search, faceted": [
            asked(SEARCH, q=word, topic=topic, kind="best_practice", phase="implementation")
            for word, topic in zip(common, topics * 4, strict=False)
        ],
        "search, page 3": [asked(SEARCH, q=word, page="3") for word in common],
        "search, misspelt": [asked(SEARCH, q=f"{word[:2]}{word[3:]}x") for word in middle if len(word) > 4],
        "suggestions": [asked(SUGGESTIONS, q=word[:size]) for word in common for size in (2, 3)],
        "list, faceted": [
            asked(LIST, topic=topic, kind=kind) for topic in topics for kind in ("best_practice", "practical_example")
        ],
        "list, several filters by title": [
            asked(LIST, topic=topic, phase="implementation", language="el", sort="title") for topic in topics
        ],
        "list, further pages": [asked(LIST, page=str(page), sort="changed") for page in range(1, 30)],
    }


def latencies(name: str, server: Server, found: Mapping[str, Sequence[str]], cookie: str = "") -> None:
    """How long one reader waits for each, to the last byte: the middle and the longest time. No address twice."""
    warm(server, [LIST, asked(SEARCH, q="zzzz"), asked(SUGGESTIONS, q="zzzz")])
    for case, paths in found.items():
        figures = measure(Subject(server, paths, len(paths), connections=1, cookie=cookie))
        say(f"{name}, {case}, median", figures.median, "ms")
        say(f"{name}, {case}, worst", figures.worst, "ms")
        say(f"{name}, {case}, CPU per request", figures.cpu, "ms")
