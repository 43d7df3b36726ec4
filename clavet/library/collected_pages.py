"""The page of a list that a visitor put together, and the same as a table."""

from __future__ import annotations

from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from clavet.library import notices
from clavet.library.cards import Card
from clavet.library.collecting import LONGEST_TITLE, MOST, Collected, as_csv, undo
from clavet.library.comparing import LEAST, MOST as MOST_COMPARED, address
from clavet.library.kinds import LIBRARIES
from clavet.web import lists
from clavet.web.crumbs import crumbs
from clavet.web.meta import Meta, absolute


@require_safe
def collected_list(request: HttpRequest) -> HttpResponse:
    """The list of an address; a change that is asked for leads to the address of the list after it."""
    collected = Collected.read(request.GET)
    changed = collected.changed(request.GET)
    if changed:
        url, part = changed
        return redirect(f"{url}#{part}")
    cards = collected.cards(get_language())
    codes = [card.code for card in cards]
    missing = [code for code in collected.codes if code not in codes]
    request.page_urls = lists.in_all_languages(request)
    context = {
        "collected": collected,
        "entries": [(card, absolute(reverse("permanent", args=[card.code]))) for card in cards],
        "codes": " ".join(collected.codes),
        "chosen": Collected(collected.title, tuple(codes)),
        "undo": undo(collected, request.GET),
        "notices": told(collected, missing),
        "compare": comparable(cards),
        "share_url": absolute(collected.address),
        "csv_url": f"{reverse('collecting:csv')}?{collected.query}",
        "longest_title": LONGEST_TITLE,
        "meta": Meta(title=f"{_('Your list')} · CLAVET", noindex=True),
        "breadcrumbs": crumbs(_("Your list")),
    }
    return render(request, "library/collected.html", context)


def told(collected: Collected, missing: list[str]) -> list[SimpleNamespace]:
    """What of the list is not there."""
    found = [notices.missing(missing)] if missing else []
    if collected.is_cut:
        found.append(notices.notice("act", _("At most %(number)d records fit into a list.") % {"number": MOST}))
    return found


def comparable(cards: list[Card]) -> tuple[str, str] | None:
    """What to call those records of a list that can be laid side by side, and where; ``None`` where they are too few
    or too many."""
    for prefix, library in LIBRARIES.items():
        codes = [card.code for card in cards if card.code.startswith(prefix)]
        if library.comparing and LEAST <= len(codes) <= MOST_COMPARED:
            return str(library.comparing.these), address(library, codes)
    return None


@require_safe
def collected_csv(request: HttpRequest) -> HttpResponse:
    """The list of an address as a table."""
    cards = Collected.read(request.GET).cards(get_language())
    response = HttpResponse(as_csv(cards), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="clavet.csv"'
    response["X-Robots-Tag"] = "noindex"
    return response
