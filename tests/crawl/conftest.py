"""What the crawl needs: the sample, and what each language may say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crawl.knowledge import Knowledge
from tests.crawl.sample import loaded_sample


@pytest.fixture(scope="package")
def sample(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The portal as it stands after its first start."""
    with django_db_blocker.unblock(), loaded_sample():
        yield


@pytest.fixture(scope="package")
def knowledge(sample: None) -> Knowledge:
    """Every text that the portal has, by language."""
    return Knowledge()
