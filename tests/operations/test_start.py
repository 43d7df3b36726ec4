"""From `make run` to the server: what is prepared, once or every time, and what the operator reads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from clavet.operations import preparing, start, static_files
from clavet.operations.models import Milestone
from clavet.operations.problems import NotReady
from clavet.operations.server import Server
from clavet.settings import environment


def test_the_server_listens_on_this_machine_alone_unless_told_otherwise() -> None:
    assert Server.from_environment({}) == Server("127.0.0.1", 8000, 2)
    told = {"CLAVET_HOST": "0.0.0.0", "PORT": "8101", "CLAVET_WORKERS": "4"}  # noqa: S104
    assert Server.from_environment(told) == Server("0.0.0.0", 8101, 4)  # noqa: S104


@pytest.mark.parametrize("value", ["eighty", "0", "70000", "-1", "8000.5", "٨"])
def test_a_port_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(NotReady, match="PORT is"):
        Server.from_environment({"PORT": value})


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that preparing calls, recorded instead of run."""
    called: list[str] = []
    monkeypatch.setattr(preparing, "call_command", lambda name, **_options: called.append(name))
    monkeypatch.setattr(preparing, "collect_changed", lambda: called.append("static files"))
    return called


@pytest.mark.django_db
def test_the_sample_is_loaded_on_the_first_start_only(commands: list[str]) -> None:
    assert preparing.prepare(with_sample=True) is True
    assert commands == ["load_vocabulary", "load_pages", "load_sample", "static files"]
    commands.clear()
    assert preparing.prepare(with_sample=True) is False
    assert commands == ["load_vocabulary", "load_pages", "static files"]


@pytest.mark.django_db
def test_a_portal_that_started_empty_never_gets_the_sample(commands: list[str]) -> None:
    preparing.prepare(with_sample=False)
    preparing.prepare(with_sample=True)
    assert "load_sample" not in commands


@pytest.mark.django_db
def test_a_first_start_that_failed_is_tried_again(monkeypatch: pytest.MonkeyPatch, commands: list[str]) -> None:
    def refuses(name: str, **_options: Any) -> None:
        if name == "load_sample":
            raise CommandError("\n".join(f"line {number}" for number in range(30)))

    monkeypatch.setattr(preparing, "call_command", refuses)
    with pytest.raises(NotReady) as refusal:
        preparing.prepare(with_sample=True)
    assert refusal.value.problem.endswith("line 9\n… and 20 lines more.")
    assert not Milestone.objects.exists()


def test_the_sample_accounts_are_printed_on_the_first_start_and_named_later(tmp_path: Path) -> None:
    (tmp_path / "sample-accounts.txt").write_text("coordinator@example.org  secret\n", encoding="utf-8")
    first = start.announcement(tmp_path, first=True)
    assert environment.site_url() in first
    assert "coordinator@example.org  secret" in first
    assert "Ctrl+C" in first
    later = start.announcement(tmp_path, first=False)
    assert "secret" not in later
    assert str(tmp_path / "sample-accounts.txt") in later


def test_without_the_sample_no_accounts_are_announced(tmp_path: Path) -> None:
    assert "accounts" not in start.announcement(tmp_path, first=True)


@pytest.fixture
def static_site(tmp_path: Path, settings: Any) -> Path:
    """A directory with one style sheet, which is all that there is to collect."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a { color: teal }")
    settings.DATA = tmp_path
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    return source


def test_static_files_are_collected_when_they_changed_and_at_no_other_start(static_site: Path) -> None:
    assert static_files.collect_changed() is True
    collected = static_site.parent / "collected"
    assert list(collected.glob("a.*.css"))
    assert static_files.collect_changed() is False
    (static_site / "a.css").write_text("a { color: darkslategray }")
    assert static_files.collect_changed() is True
    assert len(list(collected.glob("a.????????????.css"))) == 2, "what caches refer to must stay"


def test_static_files_that_somebody_deleted_are_collected_again(static_site: Path) -> None:
    static_files.collect_changed()
    (static_site.parent / "collected" / "staticfiles.json").unlink()
    assert static_files.collect_changed() is True


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens on."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as trial:
        return trial.getsockname()[1]


@pytest.fixture
def running(tmp_path: Path, free_port: int) -> Iterator[subprocess.Popen[str]]:
    """The whole portal, started without sample on a database of its own, as from a terminal."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "DJANGO"))}
    environ |= {"PORT": str(free_port), "CLAVET_DATA": str(tmp_path), "CLAVET_SAMPLE": "0", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "clavet.operations.start"],
        cwd=environment.PROJECT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        yield process
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def answer(address: str, process: subprocess.Popen[str]) -> int:
    """The status that an address answers with, as soon as the server listens."""
    for _attempt in range(600):
        try:
            with urllib.request.urlopen(address) as response:  # noqa: S310
                return response.status
        except OSError:
            assert process.poll() is None, process.stdout and process.stdout.read()
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def test_the_portal_starts_answers_and_stops_at_once(running: subprocess.Popen[str], free_port: int) -> None:
    address = f"http://localhost:{free_port}"
    assert answer(f"{address}/healthz", running) == 200
    assert answer(f"{address}/readyz", running) == 200
    began = time.monotonic()
    # What Ctrl+C does: the signal goes to every process of the terminal.
    os.killpg(running.pid, signal.SIGINT)
    output, _errors = running.communicate(timeout=30)
    assert time.monotonic() - began < 8, output
    assert f"CLAVET is at {address}" in output
    assert "Traceback" not in output
