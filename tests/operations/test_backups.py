"""A backup holds everything, comes back exactly, and never comes back half."""

from __future__ import annotations

import gzip
import io
import json
import os
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from clavet.operations.backups import files, restoring, rows
from clavet.operations.models import Milestone
from clavet.publishing.models import LogEntry
from fiches.models import Fiche
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    """A directory of uploaded files of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def portal() -> Fiche:
    """A portal with people, a vocabulary, a log, a fiche in two languages and its attachment."""
    attachment = factories.attachment("a1", factories.pdf(), "form.pdf")
    texts = {"attachment.a1.title": "The form"}
    return factories.fiche("Το λεωφορείο", translations=("el",), attachments=[attachment], texts=texts)


@pytest.fixture
def archive(portal: Fiche, tmp_path: Path) -> Path:
    """A backup of that portal."""
    path = tmp_path / "clavet.tar.gz"
    call_command("backup", str(path), stdout=io.StringIO())
    return path


def restore(path: Path, *options: str) -> str:
    """Runs the command; what it says."""
    output = io.StringIO()
    call_command("restore", str(path), *options, stdout=output)
    return output.getvalue()


def everything() -> tuple[list[str], dict[str, bytes]]:
    """Every row and every file."""
    content = {}
    for name in files.stored_names():
        with default_storage.open(name) as stream:
            content[name] = stream.read()
    return [line for _label, line in rows.dump()], content


def change(path: Path, edit: Callable[[dict[str, bytes]], None]) -> None:
    """Writes the archive anew after ``edit`` changed its members."""
    with tarfile.open(path) as tar:
        members = {entry.name: tar.extractfile(entry).read() for entry in tar}
    edit(members)
    with tarfile.open(path, "w:gz") as tar:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def test_what_is_restored_is_what_was_backed_up(archive: Path, portal: Fiche) -> None:
    before = everything()
    assert len(before[1]) == 1
    rows.clear()
    default_storage.delete(next(iter(before[1])))
    assert everything() != before
    said = restore(archive)
    assert everything() == before
    assert "1 files" in said
    assert Fiche.objects.get(pk=portal.pk).source_title == "Το λεωφορείο"
    assert LogEntry.objects.exists()


def test_new_records_go_on_from_the_restored_ones(archive: Path) -> None:
    restore(archive, "--replace")
    person = factories.coordinator()
    assert person.pk
    assert factories.unpublished().code_id > "CF-0001"


def test_only_its_owner_can_read_an_archive(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_log_ins_are_not_kept(portal: Fiche, client: Any, tmp_path: Path) -> None:
    client.force_login(factories.coordinator())
    labels = {label for label, _line in rows.dump()}
    assert "sessions.session" not in labels
    assert "accounts.user" in labels


def test_a_portal_that_is_not_empty_is_left_alone(archive: Path) -> None:
    before = everything()
    with pytest.raises(CommandError, match=r"Nothing was restored\. This portal is not empty\..*--replace"):
        restore(archive)
    assert everything() == before


def test_a_database_fresh_from_its_migrations_is_empty() -> None:
    assert rows.is_empty()


def test_replacing_leaves_nothing_of_what_was_there(archive: Path) -> None:
    before = everything()
    Milestone.objects.create(name="something-new")
    factories.fiche("Another one")
    default_storage.save("files/zz/new", ContentFile(b"new"))
    restore(archive, "--replace")
    assert everything() == before


def test_a_backup_of_an_unchanged_portal_holds_the_same_rows(archive: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.tar.gz"
    call_command("backup", str(again), stdout=io.StringIO())
    digests = []
    for path in (archive, again):
        with tarfile.open(path) as tar:
            digests.append(json.load(tar.extractfile("manifest.json"))["digests"])
    assert digests[0] == digests[1]


def test_the_manifest_says_what_made_the_archive(archive: Path) -> None:
    with tarfile.open(archive) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    assert manifest["made_on"] == connection.vendor
    assert manifest["files"] == 1
    assert manifest["rows"]["fiches.fiche"] == 1
    last = max(path.stem for path in (settings.PROJECT / "clavet/accounts/migrations").glob("0*.py"))
    assert ["accounts", last] in manifest["migrations"]


def flip(members: dict[str, bytes]) -> None:
    name = next(name for name in members if name.startswith("files/"))
    members[name] = members[name][:-1] + b"X"


def add(members: dict[str, bytes]) -> None:
    members["files/../../evil"] = b"evil"


def shorten(members: dict[str, bytes]) -> None:
    members["rows.jsonl"] = members["rows.jsonl"].rsplit(b"\n", 2)[0] + b"\n"


def lose_manifest(members: dict[str, bytes]) -> None:
    del members["manifest.json"]


@pytest.mark.parametrize("edit", [flip, add, shorten, lose_manifest])
def test_an_archive_that_was_touched_restores_nothing(
    archive: Path, edit: Callable[[dict[str, bytes]], None], tmp_path: Path
) -> None:
    before = everything()
    change(archive, edit)
    with pytest.raises(CommandError, match="is not a whole archive"):
        restore(archive, "--replace")
    assert everything() == before
    assert not list(tmp_path.parent.rglob("evil"))


@pytest.mark.parametrize("content", [b"", b"no archive", gzip.compress(b"no tar")], ids=["empty", "text", "gzip"])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="is not a whole archive"):
        restore(path)


def test_an_archive_cut_off_on_its_way_is_refused(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    with pytest.raises(CommandError, match="is not a whole archive"):
        restore(archive, "--replace")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        restore(tmp_path / "none.tar.gz")


def test_an_archive_of_other_code_is_refused_with_what_differs(archive: Path) -> None:
    def newer(members: dict[str, bytes]) -> None:
        manifest = json.loads(members["manifest.json"])
        manifest["migrations"].append(["fiches", "0099_later"])
        members["manifest.json"] = json.dumps(manifest).encode()

    change(archive, newer)
    with pytest.raises(CommandError, match=r"made by other code.*fiches\.0099_later"):
        restore(archive, "--replace")


def test_a_restore_that_fails_half_way_changes_nothing(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.fiche("Written since")
    name = next(files.stored_names())
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"another content"))
    before = everything()
    put_back = files.put_back

    def fails(*arguments: Any) -> None:
        put_back(*arguments)
        raise OSError("the disk is full")

    monkeypatch.setattr(restoring.files, "put_back", fails)
    with pytest.raises(CommandError, match=r"Nothing was restored.*the disk is full"):
        restore(archive, "--replace")
    assert everything() == before


def test_a_backup_that_fails_leaves_no_archive_behind(
    portal: Fiche, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "clavet.tar.gz"
    path.write_bytes(b"the backup before")

    def fails(*_arguments: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("clavet.operations.backups.archive.Writer.close", fails)
    with pytest.raises(CommandError, match="was not written: no space left"):
        call_command("backup", str(path))
    assert path.read_bytes() == b"the backup before"
    assert [entry.name for entry in tmp_path.iterdir() if "unfinished" in entry.name] == []


@pytest.mark.django_db(transaction=True)
def test_the_rows_are_those_of_one_moment() -> None:
    before = getattr(connection, "transaction_mode", None)
    with rows.snapshot():
        assert rows.is_empty()
        assert connection.in_atomic_block
    assert getattr(connection, "transaction_mode", None) == before


@pytest.mark.postgresql
def test_an_archive_made_on_sqlite_is_restored_on_postgresql(tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "DJANGO"))}
    environ["CLAVET_DATA"] = str(tmp_path / "data")
    (tmp_path / "data").mkdir()
    for command in (["migrate", "-v0"], ["load_vocabulary"], ["load_pages"], ["backup", str(tmp_path / "a.tar.gz")]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=settings.PROJECT, env=environ, check=True)  # noqa: S603
    restore(tmp_path / "a.tar.gz")
    again = tmp_path / "b.tar.gz"
    call_command("backup", str(again), stdout=io.StringIO())
    contents = []
    for path in (tmp_path / "a.tar.gz", again):
        with tarfile.open(path) as tar:
            # PostgreSQL keeps the members of an object in an order of its own, which says nothing.
            lines = tar.extractfile("rows.jsonl").read().splitlines()
            contents.append(sorted(json.dumps(json.loads(line), sort_keys=True) for line in lines))
    assert sum("vocabulary.concept" in line for line in contents[0]) > 80
    assert contents[0] == contents[1]
