"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from tests import found


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser that tests marked ``browser`` drive."""
    return found.chromium() or pytest.skip("no Chromium here")


@pytest.fixture(autouse=True)
def begins_in_english() -> Iterator[None]:
    """A page in another language leaves that language behind in its thread; the next test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """What a process keeps of public content is of the database before; each test has its own."""
    # Imported here: what this file gives to pytest is used without Django as well.
    from clavet.cache import kept

    kept.forget()
    yield
    kept.forget()


# Words, pages, forms and files: nothing that one database could answer otherwise than another. They run beside one.
ONCE = (
    "accounts/test_own_data", "accounts/test_pages", "accounts/test_services", "bench", "contact", "crawl",
    "fiches/test_feeds", "fiches/test_importing", "fiches/test_reading", "fiches/test_scale", "mail/test_mail_url",
    "mail/test_preferences", "mail/test_rendering",
    "mail/test_staff", "operations/test_catalogues", "operations/test_extraction", "operations/test_logs",
    "operations/test_make", "operations/test_preflight", "operations/test_start", "pages", "practices/test_transitions",
    "publishing/test_desk", "publishing/test_files", "publishing/test_pictures", "vocabulary", "web",
)  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips what this machine or the database of this run cannot do; marks what need not run on both databases."""
    folder = Path(__file__).parent
    without_browser = pytest.mark.skip(reason="no Chromium here")
    without_redis = pytest.mark.skip(reason="no redis-server here")
    without_postgresql = pytest.mark.skip(reason="only on PostgreSQL")
    on_postgresql = os.environ.get("DATABASE_URL", "").startswith("postgres")
    for item in items:
        if item.path.relative_to(folder).as_posix().startswith(ONCE):
            item.add_marker(pytest.mark.once)
        if item.get_closest_marker("browser") and not found.chromium():
            item.add_marker(without_browser)
        if item.get_closest_marker("redis") and not found.redis():
            item.add_marker(without_redis)
        if item.get_closest_marker("postgresql") and not on_postgresql:
            item.add_marker(without_postgresql)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Makes a run with a skipped test fail where ``CLAVET_NO_SKIP=1`` forbids skipping."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CLAVET_NO_SKIP") == "1" and reporter and reporter.stats.get("skipped"):
        reporter.write_line("CLAVET_NO_SKIP=1 is set, so a skipped test is a failure.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
