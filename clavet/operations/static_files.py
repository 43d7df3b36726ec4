"""Static files are collected, hashed and compressed when they changed, and at no other start."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_changed() -> bool:
    """Collects the static files if they are not those of the last time; whether it did.

    What was collected earlier stays: pages in caches, and nodes that still run the code before, refer to it.
    """
    stamp = Path(settings.DATA, "static.stamp")
    manifest = Path(settings.STATIC_ROOT, "staticfiles.json")
    digest = digest_of_sources()
    if manifest.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return False
    print("Collecting and compressing the static files …", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(digest, encoding="ascii")
    return True


def digest_of_sources() -> str:
    """One digest over name, size and time of every file that the finders find, and over how they are stored."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
