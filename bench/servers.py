"""Servers of the benchmarks: started, waited for, and ended whatever happens."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from bench import processes
from clavet.settings import environment

SECONDS_TO_START = 60
SECONDS_TO_END = 15
# As many processes as the portal has by default.
WORKERS = 2


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, its first process and the workers that this has started."""

    port: int
    pid: int

    def workers(self) -> list[int]:
        """The processes that answer."""
        return processes.family(self.pid)[1:]

    def cpu_seconds(self) -> float:
        """Processor time that all its processes have taken so far."""
        return processes.cpu_seconds(processes.family(self.pid))

    def memory(self) -> dict[str, int]:
        """Bytes of the largest worker, as ``processes.memory`` gives them."""
        return max((processes.memory(pid) for pid in self.workers()), key=lambda found: found["rss"])


@contextmanager
def running(kind: str, environ: Mapping[str, str], workers: int = WORKERS) -> Iterator[Server]:
    """A server of ``kind`` (``bench.serving``) under ``environ``, on a port of its own, as long as the block lasts."""
    port = free_port()
    process = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "bench.serving", kind],
        env={**environ, "PORT": str(port), "CLAVET_HOST": "127.0.0.1", "CLAVET_WORKERS": str(workers)},
        cwd=environment.PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        start_new_session=True,
    )
    try:
        wait_for(process, port, workers)
        yield Server(port, process.pid)
    finally:
        end(process)


def free_port() -> int:
    """A port on which nothing listens now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(process: subprocess.Popen[bytes], port: int, workers: int) -> None:
    """Until it takes connections and all its workers are there. ``RuntimeError`` if it ends or takes too long."""
    for _moment in range(SECONDS_TO_START * 10):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it answered")
        with socket.socket() as caller:
            caller.settimeout(1)
            if caller.connect_ex(("127.0.0.1", port)) == 0 and len(processes.family(process.pid)) > workers:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not answer within {SECONDS_TO_START} seconds")


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends the server and everything that it started: asked first, made to if it does not listen."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(SECONDS_TO_END)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
