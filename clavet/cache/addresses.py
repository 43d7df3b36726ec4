"""Which addresses are kept, and which parameters mean something there. Each app says it of its own when Django starts.

What is not registered is not kept. A parameter that nobody registered is taken off before Django sees it, so that no
page depends on it and no flood of made-up parameters makes new pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from clavet.languages import CODES

LONGEST_QUERY = 2000
MOST_PARAMETERS = 60


@dataclass(frozen=True)
class Address:
    """A kind of address: the parameters that mean something, whether one of them may be any text, whether what is
    there is alike for readers of every language, and whether the order of a parameter's values means something."""

    parameters: tuple[str, ...] = ()
    is_free: bool = False
    is_alike: bool = False
    is_ordered: bool = False


# By what stands behind the language (``/el/fiches/…`` is ``fiches``; one page among them may be known by itself, as
# ``practices/compare``), or the whole path of an address without one.
BELOW_LANGUAGE: dict[str, Address] = {}
WHOLE: dict[str, Address] = {}


def below_language(
    *segments: str, parameters: Iterable[str] = (), is_free: bool = False, is_ordered: bool = False
) -> None:
    """Keep the pages below these segments; ``is_free`` where a parameter may be any text."""
    for segment in segments:
        BELOW_LANGUAGE[segment] = Address(tuple(parameters), is_free, is_ordered=is_ordered)


def whole(*paths: str) -> None:
    """Keep what is at these paths; it must not depend on the language that a browser asks for."""
    for path in paths:
        WHOLE[path] = Address(is_alike=True)


def address_of(path: str) -> Address | None:
    """What is known of a path; ``None`` for one that is not kept."""
    if path[1:3] in CODES and path[3:4] == "/":
        segment, slash, rest = path[4:].partition("/")
        # Previews are for those who may see them; files are large, and lie on a disk already.
        if "preview/" in rest or "/files/" in rest or (segment and not slash):
            return None
        return BELOW_LANGUAGE.get(f"{segment}/{rest.removesuffix('/')}") or BELOW_LANGUAGE.get(segment)
    return WHOLE.get(path)


def normalised(address: Address, query: str) -> str | None:
    """The query with the known parameters only, in one order; ``None`` for one that is too long to be kept."""
    if not query:
        return ""
    if len(query) > LONGEST_QUERY:
        return None
    try:
        pairs = parse_qsl(query, keep_blank_values=False, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return None
    known = address.parameters
    meant = dict.fromkeys((name, value) for name, value in pairs if name in known)
    in_order = meant if address.is_ordered else sorted(meant)
    return urlencode(sorted(in_order, key=lambda pair: known.index(pair[0])))
