"""The production server: how it is set, and the process that it is (``python -m clavet.operations.server``)."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clavet.operations.problems import NotReady

LOG_CONFIG = Path(__file__).with_name("server_logs.json")

# Threads of one worker. Pages are made by the processor, which one thread at a time has (the interpreter's lock), so
# more threads only help while others wait for the database; settings.run keeps twice as many connections.
THREADS = 4

# How long a request may go on after the portal was told to stop.
SECONDS_TO_STOP = 10


@dataclass(frozen=True)
class Server:
    """Where the portal listens, and with how many processes."""

    host: str
    port: int
    workers: int

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Server:
        """What ``CLAVET_HOST``, ``PORT`` and ``CLAVET_WORKERS`` say. ``NotReady`` for what is not a number."""
        return cls(
            # Only this machine, unless told otherwise: a portal fresh from `make run` has sample accounts and no TLS.
            host=environ.get("CLAVET_HOST") or "127.0.0.1",
            port=number(environ, "PORT", 8000, 65535),
            workers=number(environ, "CLAVET_WORKERS", 2, 256),
        )

    def serve(self, load: Callable[[str], Callable[..., Any]] | None = None) -> None:
        """Answers requests until it is told to stop (SIGTERM, or Ctrl+C).

        ``load`` is called in each worker and gives what answers there; without one it is the portal.
        """
        from granian import Granian
        from granian.constants import Interfaces
        from granian.log import LogLevels

        Granian(
            "clavet.wsgi:application",
            address=self.host,
            port=self.port,
            interface=Interfaces.WSGI,
            workers=self.workers,
            blocking_threads=THREADS,
            respawn_failed_workers=True,
            workers_kill_timeout=SECONDS_TO_STOP,
            websockets=False,
            log_level=LogLevels.warning,
            log_dictconfig=json.loads(LOG_CONFIG.read_text(encoding="utf-8")),
        ).serve(target_loader=load or load_application)


def load_application(_target: str) -> Callable[..., Any]:
    """In a worker: the portal, loaded, and beside it the thread that does what is due."""
    leave_interrupts_to_server()
    from clavet.operations import background
    from clavet.wsgi import application

    background.start()
    return application


def leave_interrupts_to_server() -> None:
    """In a worker: let Ctrl+C pass.

    It reaches every process of the terminal at once, and a worker that is told twice to stop, by the terminal and then
    by the server, waits for ever. Told to stop while it still loads, it ends at once: no request is under way, and
    the handler that it has from the server until then would do nothing with the word.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def number(environ: Mapping[str, str], name: str, default: int, highest: int) -> int:
    """The environment variable ``name`` as a number from 1 to ``highest``. ``NotReady`` for anything else."""
    text = environ.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= highest):
        raise NotReady(f"{name} is {text!r}, not a number from 1 to {highest}.", f"{name}={default} make run")
    return int(text)


if __name__ == "__main__":
    Server.from_environment(os.environ).serve()
