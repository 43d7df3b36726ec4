"""What the operating system says of a server's processes: time on a processor, and memory."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")


def family(pid: int) -> list[int]:
    """``pid`` and all processes that it has started, over any number of steps."""
    parents = _parents()
    found = [pid]
    for known in found:
        found += [child for child, parent in parents.items() if parent == known]
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """Seconds of processor time, user and system together, that these processes have taken since they began."""
    if PROC.joinpath("self/schedstat").exists():
        return sum(map(_by_scheduler, pids))
    if PROC.joinpath("self/stat").exists():
        return sum(map(_by_ticks, pids))
    return sum(map(_by_ps, pids))


def memory(pid: int) -> dict[str, int]:
    """Bytes of memory of a process: ``rss``, and ``pss``, which counts what it shares by its part of it.

    Where the operating system does not tell the second, only the first is there.
    """
    rollup = PROC / str(pid) / "smaps_rollup"
    if rollup.exists():
        found = dict(re.findall(r"^(Rss|Pss): +(\d+) kB", rollup.read_text(encoding="ascii"), re.MULTILINE))
        return {name.lower(): int(value) * 1024 for name, value in found.items()}
    return {"rss": int(_ps(pid, "rss")) * 1024}


def _parents() -> dict[int, int]:
    if not PROC.joinpath("self/stat").exists():
        lines = subprocess.run(["ps", "-axo", "pid=,ppid="], capture_output=True, text=True, check=True)  # noqa: S607
        return {int(pid): int(parent) for pid, parent in (line.split() for line in lines.stdout.splitlines())}
    found = {}
    for path in PROC.glob("[0-9]*/stat"):
        try:
            found[int(path.parent.name)] = int(_after_name(path)[1])
        except OSError:
            continue  # It ended while we looked.
    return found


def _after_name(path: Path) -> list[str]:
    """The fields of a ``stat`` file behind the name, which may hold blanks and brackets itself."""
    return path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()


def _by_scheduler(pid: int) -> float:
    """To the nanosecond: what the scheduler has counted for each thread."""
    total = 0
    for path in PROC.glob(f"{pid}/task/*/schedstat"):
        try:
            total += int(path.read_text(encoding="ascii").split()[0])
        except OSError:
            continue  # The thread ended while we looked.
    return total / 1e9


def _by_ticks(pid: int) -> float:
    fields = _after_name(PROC / str(pid) / "stat")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _by_ps(pid: int) -> float:
    seconds = 0.0
    for part in _ps(pid, "time").replace("-", ":").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def _ps(pid: int, what: str) -> str:
    return subprocess.run(  # noqa: S603
        ["ps", "-o", f"{what}=", "-p", str(pid)],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
