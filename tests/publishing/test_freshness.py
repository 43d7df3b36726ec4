"""When a translation counts as outdated."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from clavet.publishing import freshness, reading
from clavet.publishing.models import PublishingRules, Translation
from tests import factories

DAY = datetime.timedelta(days=1)
pytestmark = pytest.mark.django_db


def state(days_after: int, *significances: str) -> str:
    """The state of a translation of version 1, so many days after the changes."""
    accepted = timezone.now() - 400 * DAY
    record = factories.fiche(translations=("el",), now=accepted - DAY)
    for significance in significances:
        factories.renew(record, significance, now=accepted)
    translation = Translation.objects.current().get(code=record.code, language="el")
    return freshness.state_of(translation, accepted + days_after * DAY)


@pytest.mark.parametrize(
    ("significances", "days", "expected"),
    [
        ((), 0, "published"),
        (("editorial",), 0, "published"),
        (("editorial", "editorial"), 10_000, "published"),
        (("medium",), 0, "published"),
        (("medium",), 29, "published"),
        (("medium",), 30, "outdated"),
        (("major",), 0, "outdated"),
        (("editorial", "major"), 0, "outdated"),
        (("medium", "major"), 0, "outdated"),
        (("medium", "editorial"), 29, "published"),
    ],
)
def test_a_translation_is_outdated_by_the_most_serious_change_since(
    significances: tuple[str, ...], days: int, expected: str
) -> None:
    assert state(days, *significances) == expected


def test_coordinators_set_the_period_of_grace() -> None:
    PublishingRules.objects.create(grace_days=5)
    assert state(4, "medium") == "published"
    assert state(5, "medium") == "outdated"


def test_a_new_period_of_grace_holds_for_what_was_translated_before() -> None:
    record = factories.fiche(translations=("el",), now=factories.long_ago(20))
    factories.renew(record, "medium", now=factories.long_ago(10))
    assert freshness.state_of(Translation.objects.current().get(), timezone.now()) == "published"
    PublishingRules.objects.create(grace_days=7)
    freshness.refresh_all()
    assert freshness.state_of(Translation.objects.current().get(), timezone.now()) == "outdated"


def test_a_translation_of_an_older_version_is_outdated_from_its_first_day() -> None:
    record = factories.fiche()
    factories.renew(record)
    factories.translate(record, "tr", version=1)
    assert freshness.state_of(Translation.objects.current().get(), timezone.now()) == "outdated"


def test_a_translation_brought_up_to_date_is_published_again() -> None:
    record = factories.fiche(translations=("el",))
    factories.renew(record)
    factories.translate(record, "el")
    assert freshness.state_of(Translation.objects.current().get(), timezone.now()) == "published"


def test_all_nine_languages_have_a_state() -> None:
    record = factories.fiche(translations=("el", "tr"))
    factories.translate(record, "it", part="summary")
    factories.renew(record)
    factories.translate(record, "tr")
    found = reading.states("en", Translation.objects.current(), timezone.now())
    assert {language: str(state) for language, (state, _translation) in found.items()} == {
        "en": "source",
        "el": "outdated",
        "tr": "published",
        "it": "summary",
        "es": "missing",
        "fr": "missing",
        "hr": "missing",
        "nl": "missing",
        "ro": "missing",
    }
