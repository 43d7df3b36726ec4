"""What is refused before the portal starts, and in which words."""

from __future__ import annotations

import errno
import socket
from pathlib import Path
from typing import Any

import dj_database_url
import pytest
from django.db.utils import ConnectionHandler

from clavet.operations import preflight
from clavet.operations.problems import NotReady
from clavet.settings.database import sqlite


def test_an_old_python_is_refused_with_the_version_that_is_needed() -> None:
    with pytest.raises(NotReady, match=r"needs Python 3\.11 or newer, and this is 3\.9"):
        preflight.python_is_new_enough((3, 9, 18))


def test_this_python_is_new_enough() -> None:
    preflight.python_is_new_enough()


def test_a_data_directory_is_made_where_it_is_missing(tmp_path: Path) -> None:
    preflight.data_directory_is_writable(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    assert not list((tmp_path / "a" / "b").iterdir())


def test_a_data_directory_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    with pytest.raises(NotReady) as refusal:
        preflight.data_directory_is_writable(tmp_path / "file" / "var")
    assert "cannot be written" in refusal.value.problem
    assert "CLAVET_DATA" in refusal.value.remedy


def test_a_data_directory_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(**_options: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(preflight.tempfile, "TemporaryFile", forbidden)
    with pytest.raises(NotReady, match="Permission denied"):
        preflight.data_directory_is_writable(tmp_path)


def test_a_port_in_use_is_refused_and_the_next_one_proposed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(NotReady) as refusal:
            preflight.port_is_free("127.0.0.1", port)
    assert refusal.value.problem == f"Port {port} is in use."
    assert f"PORT={port + 1}" in refusal.value.remedy


def test_a_free_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    preflight.port_is_free("127.0.0.1", port)


def test_an_address_that_is_not_ours_is_refused() -> None:
    with pytest.raises(NotReady, match=r"cannot listen on 192\.0\.2\.1"):
        preflight.port_is_free("192.0.2.1", 8000)


@pytest.mark.django_db
def test_a_database_that_answers_is_accepted() -> None:
    preflight.database_answers()


def use(monkeypatch: pytest.MonkeyPatch, settings: dict[str, Any]) -> None:
    """Lets preflight look at another database than that of the tests."""
    other = ConnectionHandler({"default": settings})["default"]
    monkeypatch.setattr("django.db.connection", other)
    monkeypatch.setattr("clavet.operations.connections.connection", other)


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    address = dj_database_url.parse(f"postgresql://clavet:geheim@127.0.0.1:{port}/portal")
    use(monkeypatch, {**address, "OPTIONS": {"pool": {"min_size": 1, "timeout": 60}}})
    with pytest.raises(NotReady) as refusal:
        preflight.database_answers()
    assert refusal.value.problem.startswith("The database portal at 127.0.0.1 does not answer: ")
    assert "DATABASE_URL" in refusal.value.remedy
    assert "geheim" not in str(refusal.value)


@pytest.mark.django_db
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "clavet.sqlite3").write_bytes(b"This is a letter, not a database. " * 100)
    use(monkeypatch, sqlite(tmp_path / "clavet.sqlite3"))
    with pytest.raises(NotReady, match="file is not a database"):
        preflight.database_answers()


@pytest.mark.django_db
def test_every_model_has_its_migrations() -> None:
    preflight.models_have_migrations()


@pytest.mark.django_db
def test_a_model_changed_without_a_migration_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def finds_one(_command: str, *labels: str, **_options: object) -> None:
        asked.append(labels)
        raise SystemExit(1)

    monkeypatch.setattr("django.core.management.call_command", finds_one)
    with pytest.raises(NotReady, match="migration that brings the database along is missing"):
        preflight.models_have_migrations()
    assert "fiches" in asked[0]
    assert "simple_history" not in asked[0]
