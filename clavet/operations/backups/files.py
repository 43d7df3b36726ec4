"""Uploaded files on their way into an archive and back, through whatever storage they lie in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import Storage, default_storage


def stored_names(folder: str = "", storage: Storage = default_storage) -> Iterator[str]:
    """The names of all files in the storage, sorted folder by folder."""
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    for name in sorted(names):
        yield f"{prefix}{name}"
    for name in sorted(folders):
        yield from stored_names(f"{prefix}{name}", storage)


def put_back(files: dict[str, Path], undo: ExitStack, kept: Path, storage: Storage = default_storage) -> None:
    """Writes ``files`` into the storage under their names; what is there already with the same content stays.

    What it replaces is copied to the directory ``kept`` first and, should the caller fail, put back by ``undo``.
    """
    for number, (name, path) in enumerate(sorted(files.items())):
        if storage.exists(name):
            with storage.open(name) as present, path.open("rb") as wanted:
                if _digest(present) == _digest(wanted):
                    continue
            copy = kept / str(number)
            with storage.open(name) as present:
                copy.write_bytes(present.read())
            undo.callback(_replace, name, copy, storage)
        else:
            undo.callback(storage.delete, name)
        _replace(name, path, storage)


def remove_others(names: set[str], storage: Storage = default_storage) -> None:
    """Deletes every stored file that is not among ``names``."""
    for name in list(stored_names(storage=storage)):
        if name not in names:
            storage.delete(name)


def _replace(name: str, path: Path, storage: Storage) -> None:
    storage.delete(name)
    with path.open("rb") as stream:
        written = storage.save(name, File(stream))
    if written != name:
        raise OSError(f"the storage took {name} under another name, {written}")


def _digest(stream: IO[bytes]) -> bytes:
    return hashlib.file_digest(stream, "sha256").digest()
