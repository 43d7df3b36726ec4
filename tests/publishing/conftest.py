"""A record and the people who work on it."""

from __future__ import annotations

import pytest

from clavet.accounts.models import User
from fiches.models import Fiche
from tests import factories


@pytest.fixture
def writer(db: None) -> User:
    """A coordinator who writes."""
    return factories.coordinator(name="Writer")


@pytest.fixture
def reader(db: None) -> User:
    """Another coordinator, who reads what the writer wrote and decides."""
    return factories.coordinator(name="Reader")


@pytest.fixture
def fiche(db: None) -> Fiche:
    """A fiche published in English, with a Greek translation."""
    return factories.fiche(translations=("el",))
