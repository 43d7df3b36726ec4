"""What happens to published records and their versions: archived, restored, withdrawn, merged, withheld, confirmed."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from clavet.publishing import documents, effects, freshness
from clavet.publishing.actors import Actor, require
from clavet.publishing.errors import WrongState
from clavet.publishing.models import Code, PublishingRules, Record, Translation, Version
from clavet.publishing.workflow import add_months, lock, log, step

# What follows in other rooms when the status of a record changes, in its transaction: given the record and the action
# as the log calls it, who acted, and why.
FOLLOWING: list[Callable[[Record, str, Actor, str], None]] = []


def register(follow: Callable[[Record, str, Actor, str], None]) -> None:
    """Add a function that follows up, once."""
    if follow not in FOLLOWING:
        FOLLOWING.append(follow)


def _change_status(record: Record, mark_name: str, action: str, actor: Actor, reason: str) -> Record:
    require("publishing.change_status", actor, record)
    record = lock(record.code_id)
    before = record.status
    step(getattr(record, mark_name))
    record.changed_at = timezone.now()
    record.save()
    effects.public_change(record.code_id)
    log(record, action, actor, before=before, after=record.status, reason=reason, at=record.changed_at)
    for follow in FOLLOWING:
        follow(record, action, actor, reason)
    return record


@transaction.atomic
def archive_record(record: Record, *, actor: Actor, reason: str = "") -> Record:
    """Published to archived: out of lists, search and feeds; the page stays, with a notice."""
    return _change_status(record, "mark_archived", "archived", actor, reason)


@transaction.atomic
def restore_record(record: Record, *, actor: Actor, reason: str = "") -> Record:
    """Archived back to published."""
    return _change_status(record, "mark_restored", "restored", actor, reason)


@transaction.atomic
def withdraw_record(record: Record, *, actor: Actor, reason: str) -> Record:
    """Gone for good: its address answers 410 with ``reason``, which readers see (in the record's own language)."""
    record = _change_status(record, "mark_withdrawn", "withdrawn", actor, reason)
    if record.published_at is None:
        return record  # the public never knew of it: its address answers as one that never was
    Code.objects.filter(value=record.code_id).update(
        retirement=Code.Retirement.WITHDRAWN,
        retired_on=timezone.localdate(),
        reason=reason,
        reason_language=record.source_language,
    )
    return record


@transaction.atomic
def merge_record(record: Record, into: Record, *, actor: Actor, reason: str = "") -> Record:
    """``record`` goes; its address leads to ``into`` (301). ``WrongState`` for a circle."""
    standing = {code: lock(code) for code in sorted({record.code_id, into.code_id})}
    target = standing[into.code_id]
    if target.code_id == record.code_id or target.status not in (Record.Status.PUBLISHED, Record.Status.ARCHIVED):
        raise WrongState("a record is merged into another one that the public can read")
    record = _change_status(record, "mark_withdrawn", "merged", actor, reason)
    Code.objects.filter(value=record.code_id).update(
        retirement=Code.Retirement.MERGED,
        retired_on=timezone.localdate(),
        reason=reason,
        reason_language=record.source_language,
        redirect_to=into.code_id,
    )
    return record


@transaction.atomic
def withhold_version(version: Version, *, actor: Actor, why: str, note: str = "") -> Version:
    """Nobody reads this version from now on; date and reason stand in its place. Not for the version that is live.

    A language whose readers had a translation of it reads the source text instead, until there is a newer one.
    """
    record = lock(version.code_id)
    require("publishing.withhold_version", actor, record)
    if version.number == record.version:
        raise WrongState("the live version is not withheld: publish another first, or withdraw the record")
    version.withheld, version.withheld_on, version.withheld_note = why, timezone.localdate(), note
    version.save(update_fields=["withheld", "withheld_on", "withheld_note"])
    for translation in Translation.objects.current().filter(code_id=record.code_id, version_number=version.number):
        Translation.objects.filter(pk=translation.pk).update(is_current=False)
        documents.write_translation(record, translation.language, documents.blank())
    effects.public_change(record.code_id)
    details = {"version": version.number, "why": why}
    log(record, "withheld", actor, reason=note, details=details, at=timezone.now())
    return version


@transaction.atomic
def release_version(version: Version, *, actor: Actor) -> Version:
    """A withheld version can be read again."""
    record = lock(version.code_id)
    require("publishing.withhold_version", actor, record)
    version.withheld, version.withheld_on, version.withheld_note = "", None, ""
    version.save(update_fields=["withheld", "withheld_on", "withheld_note"])
    taken = Translation.objects.current().filter(code_id=record.code_id).values_list("language", flat=True)
    hidden = Translation.objects.filter(code_id=record.code_id, version_number=version.number)
    for translation in hidden.exclude(language__in=list(taken)):
        Translation.objects.filter(pk=translation.pk).update(is_current=True)
        documents.write_translation(record, translation.language, translation.document)
    freshness.refresh(record.code_id)
    effects.public_change(record.code_id)
    log(record, "released", actor, details={"version": version.number}, at=timezone.now())
    return version


@transaction.atomic
def confirm_record(
    record: Record, *, actor: Actor, today: datetime.date | None = None, due_on: datetime.date | None = None
) -> Record:
    """Somebody looked: the facts are still true. The next look is due after the usual time.

    ``due_on`` is the day of review that the person was asked about: ``WrongState`` where that has been answered.
    """
    require("publishing.confirm_record", actor, record)
    record = lock(record.code_id)
    if due_on is not None and record.review_by != due_on:
        raise WrongState("somebody has confirmed it already, or a new text is live")
    if record.status != Record.Status.PUBLISHED:
        raise WrongState("only what is published can be confirmed")
    today = today or timezone.localdate()
    months = getattr(record, "review_months", None) or PublishingRules.in_force().review_months
    record.confirmed_on, record.review_by = today, add_months(today, months)
    record.save()
    effects.public_change(record.code_id)
    log(record, "confirmed", actor, at=timezone.now())
    return record
