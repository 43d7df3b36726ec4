"""The readers: a process of its own that asks over connections kept open, and notes how long each answer took.

Reads what to ask for as JSON from its input and writes what it saw as JSON to its output. It costs the server nothing
but its requests.
"""

from __future__ import annotations

import json
import selectors
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

# Seconds without any answer after which something has gone wrong.
PATIENCE = 120
CHUNKS_END = b"0\r\n\r\n"


@dataclass
class Seen:
    """What the readers saw: answers by status, their bytes on the wire, seconds for each, seconds for all."""

    statuses: dict[str, int] = field(default_factory=dict)
    bytes: int = 0
    body: int = 0
    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def all_well(self) -> bool:
        """Whether every answer was a 200."""
        return set(self.statuses) == {"200"}


def ask(port: int, paths: list[str], *, connections: int = 4, encoding: str = "gzip, br", cookie: str = "") -> Seen:
    """Have another process ask for ``paths`` on this machine's ``port``, one after the other on each connection; with
    the ``cookie`` of a session as whoever is logged in there."""
    wanted = {"port": port, "paths": paths, "connections": connections, "encoding": encoding, "cookie": cookie}
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"], input=json.dumps(wanted), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"the readers failed: {done.stderr.strip()[-2000:]}")
    return Seen(**json.loads(done.stdout))


class Reader:
    """One connection, with at most one question on it at a time."""

    def __init__(self, port: int, encoding: str, cookie: str = "") -> None:
        self.address = ("127.0.0.1", port)
        self.headers = f"Host: localhost:{port}\r\nAccept-Encoding: {encoding}\r\n"
        if cookie:
            self.headers += f"Cookie: {cookie}\r\n"
        self.socket: socket.socket | None = None
        self.answer = bytearray()
        self.asked_at = 0.0

    def ask(self, path: str) -> socket.socket:
        """Send a question; the socket on which the answer will come."""
        if self.socket is None:
            self.socket = socket.create_connection(self.address, timeout=PATIENCE)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.answer.clear()
        self.asked_at = time.perf_counter()
        self.socket.sendall(f"GET {path} HTTP/1.1\r\n{self.headers}\r\n".encode("ascii"))
        return self.socket

    def read(self) -> tuple[str, int] | None:
        """What has come in; status and length of the body once the answer is whole. ``OSError`` if it breaks off."""
        piece = self.socket.recv(262144) if self.socket else b""
        if not piece:
            raise ConnectionError("the server closed the connection before its answer was whole")
        self.answer += piece
        end = self.answer.find(b"\r\n\r\n")
        if end < 0:
            return None
        status, headers = head(bytes(self.answer[:end]))
        body = len(self.answer) - end - 4
        if headers.get("transfer-encoding") == "chunked":
            return (status, body) if self.answer.endswith(CHUNKS_END) else None
        return (status, body) if body >= int(headers.get("content-length", 0)) else None


def head(content: bytes) -> tuple[str, dict[str, str]]:
    """The status and the headers, in small letters, of an answer."""
    first, *lines = content.decode("latin-1").split("\r\n")
    return first.split(" ")[1], {
        name.lower(): value.strip().lower() for name, _colon, value in (line.partition(":") for line in lines)
    }


def read_all(wanted: dict[str, Any]) -> Seen:
    """Ask for all that is wanted; as many questions are on their way as there are connections."""
    waiting: Iterator[str] = iter(wanted["paths"])
    seen, statuses = Seen(), Counter[str]()
    selector = selectors.DefaultSelector()
    begun = time.perf_counter()
    given = (wanted["port"], wanted["encoding"], wanted["cookie"])
    for reader in [Reader(*given) for _number in range(wanted["connections"])]:
        path = next(waiting, None)
        if path is not None:
            selector.register(reader.ask(path), selectors.EVENT_READ, reader)
    while selector.get_map():
        ready = selector.select(PATIENCE)
        if not ready:
            raise TimeoutError(f"no answer for {PATIENCE} seconds")
        for key, _events in ready:
            whole = key.data.read()
            if whole is None:
                continue
            seen.latencies.append(time.perf_counter() - key.data.asked_at)
            statuses[whole[0]] += 1
            seen.bytes += len(key.data.answer)
            seen.body += whole[1]
            path = next(waiting, None)
            if path is None:
                selector.unregister(key.fileobj)
            else:
                key.data.ask(path)
    seen.seconds = time.perf_counter() - begun
    seen.statuses = dict(statuses)
    return seen


if __name__ == "__main__":
    json.dump(vars(read_all(json.load(sys.stdin))), sys.stdout)
