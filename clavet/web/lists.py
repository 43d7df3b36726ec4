"""What all faceted lists share: reading the query, chips, pagination, addresses that keep the filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict

from clavet.languages import CODES

PAGE_SIZE = 20


@dataclass(frozen=True)
class Option:
    """One value of a facet, as the reader sees it."""

    value: str
    label: str
    count: int
    selected: bool
    depth: int = 0


@dataclass
class FacetView:
    """One facet, as the reader sees it."""

    name: str
    label: str
    options: list[Option] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether something in it is chosen."""
        return any(option.selected for option in self.options)


def page_number(query: QueryDict) -> int:
    """The page asked for; the first for anything that is no sensible number."""
    raw = query.get("page", "1")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 8 and int(raw) > 0 else 1


def address(path: str, chosen: Mapping[str, Iterable[str]], **more: str | int) -> str:
    """The address of a list with these filters; parameters with an empty value are left out."""
    pairs = [(name, value) for name, values in chosen.items() for value in values]
    pairs += [(name, str(value)) for name, value in more.items() if value]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def in_all_languages(request: HttpRequest) -> dict[str, str]:
    """The addresses of the same list, with the same words and filters, by language."""
    query = request.GET.urlencode()
    return {code: f"/{code}{request.path[3:]}{'?' + query if query else ''}" for code in CODES}


def chips(path: str, chosen: Mapping[str, tuple[str, ...]], labels: Mapping[str, Mapping[str, str]], **more: str):
    """One removable chip for each chosen value."""
    found = []
    for name, values in chosen.items():
        for value in values:
            rest = {key: [item for item in items if (key, item) != (name, value)] for key, items in chosen.items()}
            label = labels.get(name, {}).get(value, value)
            found.append(SimpleNamespace(label=label, remove_url=address(path, rest, **more)))
    return found


def paginate(paginator: Paginator, number: int) -> Page:
    """Page ``number``, or the last one where there are not so many."""
    return paginator.page(min(number, paginator.num_pages))


def pagination(page: Page, path: str, chosen: Mapping[str, Iterable[str]], **more: str) -> SimpleNamespace | None:
    """Links to the pages around this one, each with the filters kept; ``None`` for a single page."""
    if page.paginator.num_pages < 2:
        return None

    def url(number: int) -> str:
        return address(path, chosen, **more, page=number if number > 1 else "")

    pages = [
        SimpleNamespace(gap=True)
        if number == Paginator.ELLIPSIS
        else SimpleNamespace(gap=False, number=number, url=url(number), current=number == page.number)
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return SimpleNamespace(
        pages=pages,
        previous_url=url(page.previous_page_number()) if page.has_previous() else None,
        next_url=url(page.next_page_number()) if page.has_next() else None,
    )
