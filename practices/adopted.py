"""Who has adapted a practice, as its page shows it: how many, where on the map, and each with what it tells."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django_countries import countries

from clavet.publishing import reading
from clavet.web import maps
from clavet.web.texts import Text
from network.models import Authority
from network.names import named
from practices.facts import AdoptionOutcome, month
from practices.models import Adoption, Practice


def around(record: Practice, choice: reading.Choice) -> dict[str, Any]:
    """What the live page of a practice says of those who have adapted it."""
    adoptions = list(
        Adoption.objects.public()
        .filter(practice=record)
        .select_related("authority", "report")
        .order_by("since", "confirmed_at", "pk")
    )
    is_open = record.status == Practice.Status.PUBLISHED
    if not adoptions and not is_open:
        return {}
    owner = Authority.objects.filter(code_id=record.authority).first() if adoptions else None
    found = SimpleNamespace(
        tally=tally(adoptions),
        owner=named(owner, choice.page) if owner else "",
        map=map_of(record, owner, adoptions) if adoptions else None,
        outcomes=[
            SimpleNamespace(value=value, label=label)
            for value, label in AdoptionOutcome.choices
            if value in {outcome_of(adoption) for adoption in adoptions}
        ],
        told=[told(adoption, number, choice.page) for number, adoption in enumerate(adoptions, start=1)],
        declare_url=reverse("practices-desk:adopt", args=[record.code_id]) if is_open else "",
    )
    return {"adopted": found, "places": [SimpleNamespace(anchor="adoptions", label=_("Adapted elsewhere"))]}


def tally(adoptions: Sequence[Adoption]) -> str:
    """``Adapted by 4 authorities in 3 countries``; empty where nobody has."""
    if not adoptions:
        return ""
    lands = len({adoption.authority.country.code for adoption in adoptions})
    return _("%(adapted_by)s %(in_countries)s") % {
        "adapted_by": adapted_by(len(adoptions)),
        "in_countries": ngettext("in %(number)d country", "in %(number)d countries", lands) % {"number": lands},
    }


def adapted_by(number: int) -> str:
    """How many authorities have adapted it."""
    return ngettext("Adapted by %(number)d authority", "Adapted by %(number)d authorities", number) % {"number": number}


def report_of(adoption: Adoption) -> Any:
    """What was told a year later, if it has been."""
    report = getattr(adoption, "report", None)
    return report if report and report.reported_at else None


def outcome_of(adoption: Adoption) -> str:
    """What came of it, as far as it is known by now."""
    report = report_of(adoption)
    return report.outcome if report else adoption.outcome


def told(adoption: Adoption, number: int, page: str) -> SimpleNamespace:
    """One adoption, in the language in which its authority tells it."""
    report = report_of(adoption)
    return SimpleNamespace(
        number=number,
        name=named(adoption.authority, page),
        country=countries.name(adoption.authority.country.code),
        is_example=adoption.authority.is_example,
        since=month(adoption.since),
        outcome=adoption.outcome,
        outcome_label=adoption.get_outcome_display(),
        changed=Text(adoption.what_was_changed, adoption.language, page),
        learned=Text(adoption.what_was_learned, adoption.language, page),
        report=report
        and SimpleNamespace(
            when=month(f"{report.reported_at:%Y-%m}"),
            outcome=report.outcome,
            outcome_label=report.get_outcome_display(),
            text=Text(report.what_came_of_it, report.language, page),
        ),
    )


def map_of(record: Practice, owner: Authority | None, adoptions: Sequence[Adoption]) -> maps.Map | None:
    """Who learned from whom; ``None`` where nobody's place is known."""
    origin = owner and maps.where(owner.latitude, owner.longitude, owner.country.code)
    others = []
    for number, adoption in enumerate(adoptions, start=1):
        where = adoption.authority
        point = maps.where(where.latitude, where.longitude, where.country.code)
        if point:
            others.append(maps.Place(point, outcome_of(adoption), number))
    if not others:
        return None
    lands = {adoption.authority.country.code for adoption in adoptions} | ({owner.country.code} if owner else set())
    label = _("Map: who has learned from whom. The list below says the same.")
    return maps.map_from(label, maps.Place(origin, "origin") if origin else None, others, lands)
