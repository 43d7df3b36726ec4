"""The archive: rows, files, and last a manifest with the digest of each, so that a cut-off archive has none."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
ROWS = "rows.jsonl"
FILES = "files/"
CHUNK = 1024 * 1024


class ArchiveRefused(Exception):
    """An archive that is not one of ours, is damaged, or does not fit this code. Says why."""


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """A writer whose archive stands at ``path`` when the block ends well, and nowhere when it does not.

    Only its owner can read it: it holds all that the portal knows about people.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".unfinished", dir=path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=6) as tar:
                writer = Writer(tar)
                yield writer
                writer.close()
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


class Writer:
    """Puts streams into an archive and remembers their digests."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.manifest: dict[str, Any] = {"format": FORMAT, "digests": {}}

    def add(self, name: str, stream: IO[bytes], size: int) -> None:
        """Adds the next ``size`` bytes of ``stream`` under ``name``. ``OSError`` where there are fewer."""
        reader = DigestReader(stream)
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        self.tar.addfile(entry, reader)
        self.manifest["digests"][name] = reader.digest.hexdigest()

    def close(self) -> None:
        """Adds the manifest, which completes the archive."""
        content = json.dumps(self.manifest, indent=1, ensure_ascii=False).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size, entry.mode = len(content), 0o600
        self.tar.addfile(entry, io.BytesIO(content))


class DigestReader:
    """A stream that is digested as it is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes of the stream."""
        chunk = self.stream.read(size)
        self.digest.update(chunk)
        return chunk


@contextmanager
def opened(path: Path) -> Iterator[Contents]:
    """What an archive holds, unpacked beside nothing of the portal's and checked against its digests.

    ``ArchiveRefused`` for anything but a whole archive of ours. The unpacked files go when the block ends.
    """
    with tempfile.TemporaryDirectory(prefix="clavet-restore-") as folder:
        try:
            contents = _unpacked(path, Path(folder))
        except (tarfile.TarError, EOFError, OSError, ValueError, KeyError, TypeError) as error:
            raise ArchiveRefused(f"{path} is not a whole archive of CLAVET: {error}") from error
        yield contents


class Contents:
    """The manifest of an archive, and where each of its members lies now."""

    def __init__(self, manifest: dict[str, Any], members: dict[str, Path]) -> None:
        self.manifest = manifest
        self.rows = members[ROWS]
        self.files = {name.removeprefix(FILES): path for name, path in members.items() if name.startswith(FILES)}


def _unpacked(path: Path, folder: Path) -> Contents:
    """Writes the members of an archive under numbers, never under names that it gives, and checks them."""
    members: dict[str, Path] = {}
    digests: dict[str, str] = {}
    with tarfile.open(path, mode="r:gz") as tar:
        for number, entry in enumerate(tar):
            source = tar.extractfile(entry)
            if source is None:
                raise ValueError(f"{entry.name} is not a file")
            reader = DigestReader(source)
            members[entry.name] = folder / str(number)
            with members[entry.name].open("wb") as target:
                while chunk := reader.read(CHUNK):
                    target.write(chunk)
            digests[entry.name] = reader.digest.hexdigest()
    manifest = json.loads(members.pop(MANIFEST).read_bytes())
    digests.pop(MANIFEST)
    if manifest["format"] != FORMAT:
        raise ValueError(f"its format is {manifest['format']}, and this code reads {FORMAT}")
    if digests != manifest["digests"]:
        changed = sorted(set(digests.items()) ^ set(manifest["digests"].items()))
        raise ValueError(f"{changed[0][0]} is not what was put in")
    return Contents(manifest, members)
