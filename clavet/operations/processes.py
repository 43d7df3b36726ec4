"""Which process did something, written so that another one can find out whether it still lives."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def identity() -> str:
    """This process: its machine, its number there, and when it started (numbers are given again)."""
    return f"{_machine()} {os.getpid()} {_started(os.getpid())}"


def is_gone(who: str) -> bool:
    """Whether the process ``who`` (an ``identity``) has certainly ended. False for one on another machine, of which
    nothing can be known here."""
    machine, _blank, rest = who.partition(" ")
    number, _blank, started = rest.partition(" ")
    if not started or machine != _machine() or machine.startswith("unknown"):
        return False
    return _started(int(number)) != started


def _machine() -> str:
    """One run of one kernel, one space of process numbers in it (two containers have different ones), and one account:
    the processes of others may be hidden, and must not pass for gone."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}/{Path('/proc/self/ns/pid').readlink()}/{os.getuid()}"
    except OSError:
        return f"unknown-{platform.node()}"


def _started(number: int) -> str:
    """When the process of that number started, in ticks of the kernel; empty where there is none."""
    try:
        line = Path(f"/proc/{number}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    # The name of the program stands in brackets and may hold blanks and brackets itself.
    state, *fields = line.rpartition(")")[2].split()
    return "" if state in "ZX" else fields[18]
