"""Whether what a published record says is still true: who is asked, when, and by which link one answers.

records.md, "What records share": the facts of a record want confirming after its ``review_by``. Its owner is asked by
e-mail; a page with one button confirms them. Each kind of record says who its owners are.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _, override

from clavet.accounts.models import User
from clavet.accounts.roles import COORDINATOR, is_coordinator, people_with
from clavet.mail import registry
from clavet.mail.models import Email
from clavet.mail.queueing import queue
from clavet.mail.samples import TITLES
from clavet.publishing.effects import batched
from clavet.publishing.facets import REVIEW_BY, of_room
from clavet.publishing.models import Record
from clavet.publishing.registry import KINDS
from clavet.search import facet_store
from clavet.search.positions import code_of
from clavet.web.meta import absolute

# Whoever has not answered for so long is reminded, once: well before readers are told (``UNCONFIRMED_AFTER``).
REMIND_AFTER = datetime.timedelta(days=90)
# For so long a link from an e-mail confirms; after that one logs in.
LINK_AGE = datetime.timedelta(days=60)
SIGNER = signing.TimestampSigner(salt="clavet.publishing.confirm")


@dataclass(frozen=True)
class Asking:
    """What a kind of record says: whom to ask about one of its records; which of them are a person's own (``None``
    for a person who has none); and where one mends what is no longer true."""

    owners: Callable[[Any], list[User]]
    own: Callable[[Any], Q | None]
    revise_url: Callable[[Any], str]


ASKING: dict[str, Asking] = {}


def register(prefix: str, asking: Asking) -> None:
    """Make known who answers for the records whose codes begin with ``prefix``."""
    ASKING[prefix] = asking


def owners_of(record: Record) -> list[User]:
    """Whom to ask about a record: its owners, or else all coordinators."""
    asking = ASKING.get(record.shape.prefix)
    return (asking.owners(record) if asking else []) or list(people_with(COORDINATOR))


def may_be_asked(user: Any) -> bool:
    """Whether anybody would ask this person: coordinators, and owners of some kind."""
    return is_coordinator(user) or any(asking.own(user) is not None for asking in ASKING.values())


ASKED = registry.Message(
    name="publishing.confirm",
    label=_("you are asked whether a published text is still true"),
    essential=False,
    sample=lambda language: {
        "code": "BP-0012",
        "title": TITLES[language],
        "day": day_in(datetime.date(2026, 12, 1), language),
        "url": "https://clavet.example/",
        "again": True,
    },
    confidential=True,
    audience=may_be_asked,
)


def day_in(day: datetime.date, language: str) -> str:
    """A day as a language writes it."""
    with override(language):
        return date_format(day, "DATE_FORMAT")


# ---------------------------------------------------------------- what is due


def due(prefix: str, today: datetime.date) -> list[tuple[str, datetime.date]]:
    """The published records of a kind whose facts want confirming: code and day of review, what has waited longest
    first. Read from the bitmaps of the lists, so that asking every minute costs next to nothing."""
    positions = facet_store.positions()
    room = of_room(positions, prefix)
    days = positions.get(REVIEW_BY, {})
    return [
        (code_of(position), datetime.date.fromisoformat(day))
        for day in sorted(day for day in days if day <= today.isoformat())
        for position in days[day] & room
    ]


def ask_due(today: datetime.date | None = None) -> int:
    """Ask the owners of all records whose facts want confirming on ``today``, and remind those who were asked long
    ago; returns how many e-mails are new. Each record and day of review is asked about once, and reminded of once."""
    today = today or timezone.localdate()
    return sum(
        ask(record, is_late(record.review_by, today))
        for prefix, model in KINDS.items()
        for several in batched(due(prefix, today))
        for record in not_asked_yet(model, several, today)
    )


def is_late(review_by: datetime.date, today: datetime.date) -> bool:
    """Whether it is time to remind of the question."""
    return review_by + REMIND_AFTER <= today


def not_asked_yet(
    model: type[Record], several: Sequence[tuple[str, datetime.date]], today: datetime.date
) -> Iterable[Record]:
    """Those of ``several`` records about which nobody has got the e-mail that is due on ``today``."""
    causes = {cause_of(code, day, is_late(day, today)): code for code, day in several}
    sent = Email.objects.filter(name=ASKED.name, cause__in=causes).values_list("cause", flat=True)
    left = [causes[cause] for cause in causes.keys() - set(sent)]
    records = model.objects.visible_to().select_related("owner").order_by("code_id")
    return records.filter(code_id__in=left) if left else ()


def cause_of(code: str, review_by: datetime.date, again: bool) -> str:
    """The question about a record and its day of review, or the reminder of it."""
    return f"confirm {code} {review_by.isoformat()}{' again' if again else ''}"


def ask(record: Record, again: bool) -> int:
    """Ask the owners of a record; returns how many of them."""
    asked, cause = 0, cause_of(record.code_id, record.review_by, again)
    for person in owners_of(record):
        context = {
            "code": record.code_id,
            "title": record.source_title,
            "day": day_in(record.review_by, person.language),
            "url": link(record, person),
            "again": again,
        }
        asked += queue(ASKED.name, to=person, context=context, cause=cause) is not None
    return asked


# ---------------------------------------------------------------- the link


@dataclass(frozen=True)
class Question:
    """What a link asks: whether the facts of a record, due on a day, are still true; and of whom."""

    code: str
    person: int
    due_on: datetime.date


def link(record: Record, person: User) -> str:
    """The full address at which ``person`` confirms the facts of ``record``, without logging in."""
    token = SIGNER.sign_object([record.code_id, person.pk, record.review_by.isoformat()])
    with override(person.language):
        return absolute(reverse("confirming:link", args=[token]))


def read_link(token: str) -> Question | None:
    """What a token of ``link`` asks; nothing for one that we did not sign, or too long ago."""
    try:
        code, person, due_on = SIGNER.unsign_object(token, max_age=LINK_AGE)
    except signing.BadSignature:
        return None
    return Question(code, person, datetime.date.fromisoformat(due_on))
