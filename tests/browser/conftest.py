"""A real Chromium, and a portal with the whole sample for it to look at."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, sync_playwright

from clavet.cache import generation
from clavet.publishing import lifecycle
from clavet.publishing.actors import OPERATOR
from clavet.publishing.models import Version
from fiches import sample
from fiches.models import Fiche
from network.sample import load_authorities, load_partners

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser a worker."""
    # Playwright's own loop runs in the thread of the tests; Django would take that for an asynchronous context.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def snapshot() -> sqlite3.Connection:
    """The database with the sample, as the first test of this worker that wanted it left it; empty before."""
    return sqlite3.connect(":memory:", check_same_thread=False)


@pytest.fixture
def portal(transactional_db: None, live_server: Any, snapshot: sqlite3.Connection) -> str:
    """The address of a portal with the whole sample, one fiche of it withdrawn and one version withheld."""
    connection.ensure_connection()
    if snapshot.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        snapshot.backup(connection.connection)
        generation.raise_now()
    else:
        load_portal()
        connection.connection.backup(snapshot)
    return live_server.url


def load_portal() -> None:
    """The sample, in the state that the tests look at."""
    data = settings.PROJECT / "data"
    call_command("load_vocabulary", verbosity=0)
    call_command("load_pages", verbosity=0)
    load_partners(data / "partners.json")
    load_authorities(data / "authorities.json")
    for code in ("BP-0007", "BP-0021"):
        sample.load_practice(data / "practices" / code)
    sample.load_fiches(data / "fiches")
    lifecycle.withdraw_record(Fiche.objects.get(code_id="CF-0011"), actor=OPERATOR, reason="It was a trial.")
    version = Version.objects.get(code_id="CF-0012", number=1)
    lifecycle.withhold_version(version, actor=OPERATOR, why="rights")
