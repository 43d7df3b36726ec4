"""A server process of the benchmarks: ``python -m bench.serving portal|minimal|bare``.

All three are the production server with the same workers and threads (``clavet.operations.server``); what differs is
what it calls.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from clavet.operations.server import Server, leave_interrupts_to_server, load_application

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def load_minimal(_target: str) -> Application:
    """In a worker: Django with one view of a few words. No page cache stands in front of it."""
    leave_interrupts_to_server()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def load_bare(_target: str) -> Application:
    """In a worker: a function that answers ``/4711`` with so many bytes, made beforehand."""
    leave_interrupts_to_server()
    made = {f"/{size}": b"x" * size for size in map(int, os.environ["BENCH_SIZES"].split(","))}

    def bare(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        body = made[environ["PATH_INFO"]]
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
        return [body]

    return bare


LOADERS: dict[str, Callable[[str], Application]] = {
    "portal": load_application,
    "minimal": load_minimal,
    "bare": load_bare,
}

if __name__ == "__main__":
    Server.from_environment(os.environ).serve(LOADERS[sys.argv[1]])
