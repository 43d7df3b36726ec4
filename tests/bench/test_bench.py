"""The benchmarks: the smallest run goes through every case, and what they read of processes is what was used."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench import processes, report
from bench.load import head
from clavet.settings import environment

pytestmark = pytest.mark.once

LINE = re.compile(
    r"(?P<name>[^:]+): (?P<value>\d+(\.\d+)?) (?P<unit>ms|seconds|MB|KB|times|requests/s|queries|fiches|saves)"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the smallest run puts what it needs."""
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="module")
def smallest(folder: Path) -> subprocess.CompletedProcess[str]:
    """The smallest run that goes through every case, on SQLite."""
    return subprocess.run(
        [sys.executable, "-m", "bench", "--scale", "20", "--requests", "2", "--typing", "1", "--databases", "sqlite"],
        env={**os.environ, "TMPDIR": str(folder)},
        cwd=environment.PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


def figures(run: subprocess.CompletedProcess[str]) -> dict[str, tuple[float, str]]:
    found = [LINE.fullmatch(line) for line in run.stdout.splitlines()]
    assert all(found), run.stdout
    return {match["name"]: (float(match["value"]), match["unit"]) for match in found}


def test_every_page_of_every_case_answers_and_prints_its_figures(smallest):
    assert smallest.returncode == 0, smallest.stderr[-3000:]
    found = figures(smallest)
    for case in ("fiche, cached", "list, cached", "fiche, uncached", "list, uncached", "minimal view"):
        assert found[f"sqlite, {case}, CPU per request"][0] > 0
    for case in ("rare word", "common word", "two words", "phrase", "faceted", "name of a topic", "misspelt"):
        assert found[f"sqlite, search, {case}, median"][0] <= found[f"sqlite, search, {case}, worst"][0]
        assert found[f"sqlite, search, {case}, queries"][0] > 0
    assert found["sqlite, suggestions, median"][0] > 0
    assert found["sqlite, list, faceted, median"][0] > 0
    for case in ("practice", "practices, by outcome", "search, practices", "queue", "queue, a case"):
        assert found[f"sqlite, {case}, median"][0] > 0
    assert found["sqlite, autosave of 20 authors at once, lost"][0] == 0


def test_ratios_are_those_of_the_figures_beside_them(smallest):
    found = figures(smallest)
    page, base = (found[f"sqlite, {case}, CPU per request"][0] for case in ("fiche, uncached", "minimal view"))
    assert found["sqlite, fiche, uncached, to the minimal view"][0] == pytest.approx(page / base, rel=0.02)


def test_a_run_leaves_no_data_behind(smallest, folder):
    assert not list(folder.iterdir())


def test_whoever_ends_a_run_early_ends_its_servers_with_it(tmp_path):
    run = subprocess.Popen(
        [sys.executable, "-m", "bench", "--scale", "5", "--requests", "100000", "--databases", "sqlite"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        cwd=environment.PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    for line in run.stdout:
        if "index, size" in line:
            break
    while len(servers := processes.family(run.pid)) < 4:
        os.sched_yield()
    run.send_signal(signal.SIGTERM)
    run.communicate(timeout=60)
    assert run.returncode == 143
    assert not [pid for pid in servers if Path(f"/proc/{pid}").exists()]
    assert not list(tmp_path.iterdir())


def test_processor_time_is_counted_for_a_process_and_what_it_has_started():
    program = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])"
    with subprocess.Popen([sys.executable, "-c", program], start_new_session=True) as parent:  # noqa: S603 - ours
        try:
            began = time.monotonic()
            while time.monotonic() - began < 20 and processes.cpu_seconds(processes.family(parent.pid)) < 0.3:
                os.sched_yield()
            assert len(processes.family(parent.pid)) == 2
            assert processes.cpu_seconds(processes.family(parent.pid)) >= 0.3
            assert processes.memory(parent.pid)["rss"] > 1_000_000
        finally:
            os.killpg(parent.pid, signal.SIGKILL)


def test_a_line_has_a_name_a_value_and_a_unit():
    assert report.line("sqlite, fiche, cached, to the bare function", 1.2345, "times") == (
        "sqlite, fiche, cached, to the bare function: 1.23 times"
    )


def test_readers_see_status_and_headers_whatever_their_case():
    assert head(b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\nTransfer-Encoding: Chunked") == (
        "200",
        {"content-length": "12", "transfer-encoding": "chunked"},
    )
