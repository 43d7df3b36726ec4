"""`make` on machines that lack something, and what `make test` makes of what it finds."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests import found, run

NEW = 'case "$*" in *version_info*) exit 0;; *ensurepip*) exit {ensurepip};; --version) echo "Python 3.12.9";; esac'
OLD = 'case "$*" in *version_info*) exit 1;; --version) echo "Python 3.9.2";; esac'


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout of which only the Makefile and the requirements are there, and a directory for programs."""
    shutil.copy(settings.PROJECT / "Makefile", tmp_path)
    shutil.copytree(settings.PROJECT / "requirements", tmp_path / "requirements")
    (tmp_path / "bin").mkdir()
    for name in ("sh", "make", "echo"):
        (tmp_path / "bin" / name).symlink_to(shutil.which(name) or name)
    return tmp_path


def program(machine: Path, name: str, body: str) -> None:
    """Puts a program of this name on the machine; it notes what it is called with."""
    path = machine / "bin" / name
    path.write_text(f'#!/bin/sh\necho "{name} $*" >> {machine}/calls\n{body}\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def make(machine: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Calls make on that machine."""
    return subprocess.run(  # noqa: S603
        [str(machine / "bin" / "make"), *arguments],
        cwd=machine,
        env={"PATH": str(machine / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_machine_with_an_old_python_is_told_so(machine: Path) -> None:
    program(machine, "python3", OLD)
    result = make(machine, "run")
    assert result.returncode != 0
    assert "needs Python 3.11 or newer; found: Python 3.9.2" in result.stderr


def test_a_machine_without_python_is_told_so(machine: Path) -> None:
    result = make(machine, "run")
    assert result.returncode != 0
    assert "needs Python 3.11 or newer" in result.stderr


def test_a_python_without_venv_is_told_what_to_install(machine: Path) -> None:
    program(machine, "python3", NEW.format(ensurepip=1))
    result = make(machine, "run")
    assert result.returncode != 0
    assert "Python 3.12.9 cannot make a virtual environment" in result.stderr
    assert "apt-get install python3-venv" in result.stderr


def test_the_newest_python_that_is_able_makes_the_environment(machine: Path) -> None:
    program(machine, "python3.13", NEW.format(ensurepip=1))
    program(machine, "python3.12", NEW.format(ensurepip=0))
    program(machine, "python3", OLD)
    make(machine, "run")
    assert "python3.12 -m venv --clear .venv" in (machine / "calls").read_text()


def test_the_python_that_somebody_names_comes_first(machine: Path) -> None:
    program(machine, "python3.13", NEW.format(ensurepip=0))
    program(machine, "mine", NEW.format(ensurepip=0))
    make(machine, "run", "PYTHON=mine")
    assert "mine -m venv" in (machine / "calls").read_text()


def test_make_alone_explains_itself(machine: Path) -> None:
    result = make(machine)
    assert result.returncode == 0
    assert "make run" in result.stdout


def test_the_whole_suite_runs_on_both_databases_and_the_browser_once() -> None:
    runs, left_out = run.planned("/usr/bin/chromium", "postgresql:///postgres")
    assert [one.name for one in runs] == ["SQLite, with Chromium", "PostgreSQL"]
    assert "browser" not in runs[0].markers
    assert "not browser" in runs[1].markers
    assert runs[0].database is None
    assert not left_out


def test_what_is_missing_is_said() -> None:
    runs, left_out = run.planned(None, None)
    assert [one.name for one in runs] == ["SQLite"]
    assert "not browser" in runs[0].markers
    assert ["Chromium" in left_out[0], "PostgreSQL" in left_out[1]] == [True, True]


@pytest.mark.parametrize(
    "address", [*found.POSTGRESQL, "postgresql://me:secret@db.example:5433/postgres?sslmode=require"]
)
def test_the_tests_keep_to_a_database_of_their_own(address: str) -> None:
    own = run.own_database(address)
    assert re.sub(r"clavet_\d+", "postgres", own) == address


@pytest.fixture
def nothing_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which the suite passes and nothing else is installed."""
    monkeypatch.setattr(found, "chromium", lambda: None)
    monkeypatch.setattr(found, "postgresql", lambda: None)
    monkeypatch.setattr(run.catalogues, "compile_changed", lambda _locale: [])
    monkeypatch.setattr(run, "execute", lambda _run, _arguments: (0, "12 passed in 1.00s"))


@pytest.mark.usefixtures("nothing_found")
def test_what_was_left_out_is_said_at_the_end(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLAVET_NO_SKIP", raising=False)
    assert run.main([]) == 0
    closing = capsys.readouterr().out.split("In short")[1]
    assert "SQLite: 12 passed" in closing
    assert closing.count("Left out:") == 2


@pytest.mark.usefixtures("nothing_found")
def test_what_was_left_out_is_a_failure_where_nothing_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAVET_NO_SKIP", "1")
    assert run.main([]) == 1


def test_a_run_that_fails_fails_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "chromium", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(found, "postgresql", lambda: "postgresql:///postgres")
    monkeypatch.setattr(run.catalogues, "compile_changed", lambda _locale: [])
    monkeypatch.setattr(run, "execute", lambda one, _arguments: (int(one.name == "PostgreSQL"), "1 failed"))
    assert run.main([]) == 1


def test_the_browser_that_somebody_names_is_the_only_one_tried(tmp_path: Path) -> None:
    assert found.chromium({"CHROMIUM": str(tmp_path / "none")}) is None
    (tmp_path / "bin").mkdir()
    program(tmp_path, "x", "")
    assert found.chromium({"CHROMIUM": str(tmp_path / "bin" / "x")}) == str(tmp_path / "bin" / "x")


def test_a_postgresql_that_does_not_answer_is_none() -> None:
    assert found.postgresql({"CLAVET_TEST_DATABASE_URL": "postgresql://127.0.0.1:1/postgres"}) is None


@pytest.mark.parametrize(("no_skip", "code"), [("1", 1), ("", 0)])
def test_a_single_skipped_test_is_a_failure_where_nothing_may_be_skipped(
    pytester_project: Path, no_skip: str, code: int
) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-n", "2"],
        cwd=pytester_project,
        env={"PATH": "/usr/bin:/bin", "CLAVET_NO_SKIP": no_skip, "PYTHONPATH": str(settings.PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == code, result.stdout + result.stderr


@pytest.fixture
def pytester_project(tmp_path: Path) -> Path:
    """A suite of two tests, one of which skips itself, with the house's own hooks."""
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_sessionfinish\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_it.py").write_text("import pytest\ndef test_a(): pass\ndef test_b(): pytest.skip('not today')\n")
    return tmp_path
