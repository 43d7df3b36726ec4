"""Whether a translation is outdated: it follows from versions, significance and the clock, and from nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from clavet.publishing.models import PublishingRules, Translation, Version
from clavet.publishing.models.revisions import Part


class State(TextChoices):
    """What readers of a language get of a record (records.md, "Translation, per record and language")."""

    SOURCE = "source", _("source text")
    PUBLISHED = "published", _("published")
    SUMMARY = "summary", _("summary only")
    OUTDATED = "outdated", _("outdated")
    MISSING = "missing", _("missing")


class HasSignificance(Protocol):
    """What we need to know of a version."""

    number: int
    significance: str
    accepted_at: datetime.datetime


def outdated_from(
    base: int, versions: Iterable[HasSignificance], grace: datetime.timedelta
) -> datetime.datetime | None:
    """The moment from which a translation of version ``base`` counts as outdated, or ``None``.

    A major change makes it so at once, a medium one after ``grace``, an editorial one never (records.md, after
    Mozilla SUMO's levels of significance).
    """
    delays = {Version.Significance.MAJOR: datetime.timedelta(), Version.Significance.MEDIUM: grace}
    moments = [
        version.accepted_at + delays[version.significance]
        for version in versions
        if version.number > base and version.significance in delays
    ]
    return min(moments, default=None)


def state_of(translation: Translation | None, now: datetime.datetime) -> State:
    """The state that readers of a language see at the moment ``now``."""
    if translation is None:
        return State.MISSING
    if translation.part == Part.SUMMARY:
        return State.SUMMARY
    if translation.outdated_from is not None and translation.outdated_from <= now:
        return State.OUTDATED
    return State.PUBLISHED


def next_outdated(now: datetime.datetime) -> datetime.datetime | None:
    """The first moment after ``now`` at which a translation becomes outdated by the clock."""
    ahead = Translation.objects.current().filter(outdated_from__gt=now)
    return ahead.order_by("outdated_from").values_list("outdated_from", flat=True).first()


def refresh(code: str) -> None:
    """Write down anew from when each current translation of ``code`` is outdated."""
    grace = datetime.timedelta(days=PublishingRules.in_force().grace_days)
    versions = list(Version.objects.filter(code_id=code).only("number", "significance", "accepted_at"))
    for translation in Translation.objects.current().filter(code_id=code):
        moment = outdated_from(translation.version_number, versions, grace)
        if moment != translation.outdated_from:
            Translation.objects.filter(pk=translation.pk).update(outdated_from=moment)


def refresh_all() -> None:
    """The same for every record; called when coordinators change the period of grace."""
    for code in Translation.objects.current().values_list("code_id", flat=True).distinct():
        refresh(code)
