"""What can be done with an adoption: declare, change, confirm, refuse, withdraw, ask for the report and give it.

As in ``cases``: one transaction each; ``NotAllowed``, ``WrongState`` or ``Invalid``, and then nothing has changed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clavet.languages import CODES
from clavet.publishing import documents, effects, workflow
from clavet.publishing.actors import OPERATOR, Actor, account, require
from clavet.publishing.documents import Problem
from clavet.publishing.errors import Invalid, WrongState
from network.models import Authority
from practices import adoption_mails as mails
from practices.facts import AdoptionOutcome
from practices.models import Adoption, AdoptionLog, AdoptionReport, Practice

State, Action = Adoption.State, AdoptionLog.Action

# What an authority says when it declares an adoption, and in its report; and how long each text may be.
TOLD = ("language", "since", "what_was_changed", "what_was_learned", "outcome")
REPORTED = ("language", "what_came_of_it", "outcome")
LONGEST = 2000
CHOICES = {"language": CODES, "outcome": AdoptionOutcome.values}
# So many months after it was confirmed an authority is asked how it went on (records.md).
REPORT_AFTER = 12


def lock(adoption: Adoption) -> Adoption:
    """The adoption as it stands now, locked until the transaction ends; its practice is locked first, as everywhere."""
    workflow.lock(adoption.practice.code_id)
    return Adoption.objects.select_for_update(of=("self",)).select_related("practice", "authority").get(pk=adoption.pk)


def problems(values: Mapping[str, Any], names: tuple[str, ...] = TOLD) -> list[Problem]:
    """What keeps these values from being kept, by field."""
    found = []
    for name in names:
        text = documents.clean_text(values.get(name) or "")
        if not text or text not in CHOICES.get(name, (text,)):
            found.append(Problem(name, _("Please fill in this field.")))
        elif len(text) > LONGEST:
            found.append(Problem(name, documents.over_limit(len(text), LONGEST)))
    if values.get("since", "") > f"{timezone.localdate():%Y-%m}":
        found.append(Problem("since", _("This month has not come yet.")))
    return found


def _said(values: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    """The values of these fields. ``Invalid`` says what is wrong with them."""
    found = problems(values, names)
    if found:
        raise Invalid(found)
    return {name: documents.clean_text(values[name]) for name in names}


def _note(adoption: Adoption, action: str, actor: Actor, **fields: Any) -> None:
    by = account(actor)
    AdoptionLog.objects.create(
        adoption=adoption, action=action, actor=by, by_operator=by is None, at=timezone.now(), **fields
    )


def _move(adoption: Adoption, mark: Any, action: str, actor: Actor, *, reason: str = "") -> Adoption:
    workflow.step(mark)
    adoption.state_since, adoption.reason = timezone.now(), reason
    adoption.save()
    _note(adoption, action, actor, reason=reason)
    return adoption


def show(practice: Practice) -> None:
    """What the public sees of a practice has changed: the number on its card, its facets, its page."""
    number = Adoption.objects.filter(practice=practice, state=State.CONFIRMED).count()
    Practice.objects.filter(pk=practice.pk).update(adopted_by=number)
    effects.public_change(practice.code_id)


# ---------------------------------------------------------------- the authority


def open_adoption(practice: Practice, authority: Authority) -> Adoption | None:
    """What this authority has declared of this practice, and neither taken back nor been refused."""
    return Adoption.objects.filter(practice=practice, authority=authority, state__in=Adoption.OPEN).first()


@transaction.atomic
def declare(practice: Practice, authority: Authority, values: Mapping[str, Any], *, actor: Actor) -> Adoption:
    """``authority`` has adapted a published ``practice`` of another; ``values`` hold ``TOLD``."""
    practice = workflow.lock(practice.code_id)
    require("practices.declare_adoption", actor, authority)
    if practice.status != Practice.Status.PUBLISHED:
        raise WrongState("only a published practice can be adapted")
    if practice.authority == authority.code_id:
        raise WrongState("an authority does not adapt its own practice")
    if open_adoption(practice, authority):
        raise WrongState("this authority has declared this already")
    now = timezone.now()
    adoption = Adoption.objects.create(
        practice=practice,
        authority=authority,
        declared_by=account(actor),
        declared_at=now,
        state_since=now,
        **_said(values, TOLD),
    )
    _note(adoption, Action.DECLARED, actor)
    mails.tell_coordinators(adoption)
    return adoption


@transaction.atomic
def change(adoption: Adoption, values: Mapping[str, Any], *, actor: Actor) -> Adoption:
    """Say it otherwise, while nobody has decided on it."""
    adoption = lock(adoption)
    require("practices.change_adoption", actor, adoption)
    if adoption.state != State.DECLARED:
        raise WrongState("it has been decided on")
    before = {name: getattr(adoption, name) for name in TOLD}
    after = _said(values, TOLD)
    for name, value in after.items():
        setattr(adoption, name, value)
    adoption.save()
    _note(adoption, Action.CHANGED, actor, details={name: before[name] for name in TOLD if before[name] != after[name]})
    return adoption


@transaction.atomic
def withdraw(adoption: Adoption, *, actor: Actor, reason: str = "") -> Adoption:
    """It is taken back, by its authority or by a coordinator, and leaves the page if it was on it."""
    adoption = lock(adoption)
    require("practices.withdraw_adoption", actor, adoption)
    was_public = adoption.state == State.CONFIRMED
    adoption = _move(adoption, adoption.mark_withdrawn, Action.WITHDRAWN, actor, reason=reason)
    if was_public:
        show(adoption.practice)
    return adoption


@transaction.atomic
def report(adoption: Adoption, values: Mapping[str, Any], *, actor: Actor) -> AdoptionReport:
    """How it went on, once, after the authority was asked; ``values`` hold ``REPORTED``."""
    adoption = lock(adoption)
    require("practices.report_adoption", actor, adoption)
    standing = AdoptionReport.objects.filter(adoption=adoption).first()
    if adoption.state != State.CONFIRMED or standing is None or standing.reported_at is not None:
        raise WrongState("no report is waited for")
    for name, value in _said(values, REPORTED).items():
        setattr(standing, name, value)
    standing.reported_at, standing.reported_by = timezone.now(), account(actor)
    standing.save()
    _note(adoption, Action.REPORTED, actor)
    effects.public_change(adoption.practice.code_id)
    return standing


# ---------------------------------------------------------------- the coordinators


@transaction.atomic
def confirm(adoption: Adoption, *, actor: Actor) -> Adoption:
    """It becomes public. Not by whoever belongs to one of the two authorities."""
    adoption = lock(adoption)
    require("practices.confirm_adoption", actor, adoption)
    if adoption.practice.status != Practice.Status.PUBLISHED:
        raise WrongState("the practice is not published")
    adoption.confirmed_by, adoption.confirmed_at = account(actor), timezone.now()
    adoption = _move(adoption, adoption.mark_confirmed, Action.CONFIRMED, actor)
    show(adoption.practice)
    mails.tell_adopters(adoption)
    mails.tell_owners(adoption)
    return adoption


@transaction.atomic
def refuse(adoption: Adoption, *, actor: Actor, reason: str) -> Adoption:
    """It does not become public; whoever declared it reads why."""
    adoption = lock(adoption)
    require("practices.refuse_adoption", actor, adoption)
    if not reason.strip():
        raise Invalid([Problem("reason", _("Please give the reason."))])
    adoption = _move(adoption, adoption.mark_refused, Action.REFUSED, actor, reason=reason.strip())
    mails.tell_adopters(adoption)
    return adoption


# ---------------------------------------------------------------- the clock


def ask_for_reports(today: datetime.date | None = None) -> int:
    """Ask those whose adoption was confirmed a year ago, remind them a month later; returns how many e-mails were new.

    Run by ``periodic``; each question and each reminder goes out once, whoever runs it and however often.
    """
    today = today or timezone.localdate()
    ripe = Adoption.objects.filter(state=State.CONFIRMED, report=None, confirmed_at__date__lte=today)
    for adoption in ripe.select_related("practice").order_by("pk"):
        if workflow.add_months(timezone.localdate(adoption.confirmed_at), REPORT_AFTER) <= today:
            ask(adoption, today)
    waiting = Adoption.objects.waiting_for_report().select_related("report", "practice", "authority", "declared_by")
    return sum(
        mails.ask_for_report(adoption, again=workflow.add_months(adoption.report.asked_on, 1) <= today)
        for adoption in waiting.order_by("pk")
    )


@transaction.atomic
def ask(adoption: Adoption, today: datetime.date) -> None:
    """From now on its authority can report; asked once."""
    adoption = lock(adoption)
    _report, is_new = AdoptionReport.objects.get_or_create(adoption=adoption, defaults={"asked_on": today})
    if is_new:
        _note(adoption, Action.ASKED, OPERATOR)
