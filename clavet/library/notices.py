"""What readers of a record are told before they read: not translated, outdated, an older version, archived."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clavet.languages import own_name
from clavet.library.comparing import LEAST, Comparison
from clavet.library.kinds import library_of
from clavet.publishing.freshness import State
from clavet.publishing.models import Record, Version
from clavet.publishing.reading import Choice


def notice(tone: str, text: str, url: str = "", url_label: str = "") -> SimpleNamespace:
    """One notice, with at most one link."""
    return SimpleNamespace(tone=tone, text=text, url=url, url_label=url_label)


def live(record: Record, choice: Choice) -> list[SimpleNamespace]:
    """The notices of a live page."""
    found = [*status(record), *language(record, choice)]
    if record.is_unconfirmed(timezone.localdate()):
        when = date_format(record.review_by, "YEAR_MONTH_FORMAT")
        text = _(
            "The facts should have been confirmed by %(month)s and have not been. Please check before you rely on them."
        )
        found.append(notice("act", text % {"month": when}))
    return found


def status(record: Record) -> list[SimpleNamespace]:
    """Archived, or invented as an example."""
    found = []
    if record.status == Record.Status.ARCHIVED:
        library = library_of(record.code_id)
        found.append(notice("act", library.sentences.archived, library.url(), library.sentences.everything))
    if record.is_example:
        found.append(notice("act", _("This is an invented example. Nothing in it is said of a real authority.")))
    return found


def language(record: Record, choice: Choice) -> list[SimpleNamespace]:
    """What the reader of this language does not get."""
    source_name = own_name(record.source_language)
    offer = reverse("contact:offer", args=[record.code_id])
    if choice.state == State.MISSING:
        text = library_of(record.code_id).sentences.untranslated
        return [notice("portal", text % {"language": source_name}, offer, _("Offer a translation"))]
    if choice.state == State.SUMMARY:
        text = _("Title and summary have been translated. The rest is in the language it was written in: %(language)s.")
        return [notice("portal", text % {"language": source_name}, offer, _("Offer a translation"))]
    found = []
    if choice.state == State.OUTDATED:
        found.append(
            notice("act", outdated(record, choice), record.url_in(record.source_language), _("Read the source text"))
        )
    if choice.is_machine_made:
        found.append(
            notice(
                "portal",
                _("This text was translated by machine. Please tell us if something reads wrongly."),
                reverse("contact:report", args=[record.code_id]),
                _("Report an error"),
            )
        )
    return found


def outdated(record: Record, choice: Choice) -> str:
    """What kind of change the translation lacks."""
    base = choice.translation.version_number
    later = Version.objects.filter(code_id=record.code_id, number__gt=base)
    numbers = {"base": base, "latest": record.version}
    if later.filter(significance=Version.Significance.MAJOR).exists():
        return (
            _(
                "The source text has changed in substance since: you are reading a translation of version %(base)d, "
                "the latest is version %(latest)d."
            )
            % numbers
        )
    return (
        _(
            "Parts of the source text have changed since: you are reading a translation of version %(base)d, "
            "the latest is version %(latest)d."
        )
        % numbers
    )


def older_version(record: Record, number: int, page_language: str) -> SimpleNamespace:
    """That this is not the version of now."""
    text = library_of(record.code_id).sentences.older
    return notice(
        "act",
        text % {"number": number, "latest": record.version},
        record.url_in(page_language),
        _("Read the latest version"),
    )


def comparison(found: Comparison) -> list[SimpleNamespace]:
    """What of a comparison asked for is not there, and what it needs."""
    words, told = found.library.comparing, []
    if found.missing:
        told.append(missing(found.missing))
    if found.left_out:
        told.append(notice("act", words.too_many % {"codes": ", ".join(found.left_out)}))
    if len(found.codes) < LEAST:
        told.append(notice("portal", words.too_few, found.library.url(), found.library.sentences.everything))
    return told


def missing(codes: Sequence[str]) -> SimpleNamespace:
    """That nothing is to be read under these codes; the same whether there never was, is not yet or is no more."""
    return notice("act", _("Not in the library, or no longer: %(codes)s.") % {"codes": ", ".join(codes)})


def preview() -> SimpleNamespace:
    """That nobody else sees this page."""
    return notice("act", _("Preview. Readers do not see this until it is accepted."))
