"""The page cache: answers before Django's middleware runs. WSGI in front of WSGI.

A page is looked up by path, normalised query and the two headers of htmx that make another page of it. It is kept
under the generation that was read *before* it was made. Who has a session or says who they are is passed through.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from clavet.cache import entries
from clavet.cache.addresses import Address, address_of, normalised
from clavet.cache.entries import Entry, Headers
from clavet.cache.store import Store

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

# Seconds that a request waits for another one that is making the same page.
PATIENCE = 10.0
# The largest answer that is kept, in bytes.
LARGEST = 2 * 1024 * 1024
MOST_HOSTS = 1000
# Where a request tells Django that its answer may be kept, and Django tells until when (POSIX time).
MAY_BE_KEPT, EXPIRES = "clavet.may_be_kept", "clavet.expires"


class Front:
    """The portal behind its page cache.

    ``generation`` gives the number of now, ``shared`` is what nodes share (or ``None``) under
    ``shared_number``, ``clock`` the POSIX time.
    """

    def __init__(
        self,
        application: Application,
        *,
        store: Store,
        generation: Callable[[], int],
        hosts: list[str],
        session_cookie: str,
        shared: Any = None,
        shared_number: Callable[[], int | None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.application, self.store, self.generation = application, store, generation
        self.hosts, self.session_cookie, self.shared, self.clock = hosts, f"{session_cookie}=", shared, clock
        self.shared_number = shared_number
        self.known_hosts: set[str] = set()
        self.making: dict[tuple, threading.Event] = {}
        self.lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request: from what is kept, or through Django."""
        address = self.address(environ)
        query = normalised(address, environ.get("QUERY_STRING", "")) if address else None
        if address is None or query is None:
            return self.application(environ, start_response)
        key = (
            environ["PATH_INFO"],
            query,
            environ.get("HTTP_HX_REQUEST") == "true",
            environ.get("HTTP_HX_HISTORY_RESTORE_REQUEST") == "true",
            environ.get("HTTP_X_FORWARDED_PROTO") == "https" or environ.get("wsgi.url_scheme") == "https",
        )
        number = self.generation()
        entry = self.store.get(key, number, self.clock())
        if entry is not None:
            self.store.again(key, number, is_free=address.is_free)
            return answer(entry, environ, start_response)
        return self.fill(key, self.inner(environ, query, address), environ, start_response)

    def inner(self, environ: Environ, query: str, address: Address) -> Environ:
        """What Django is asked: the same for everybody who asks for this page."""
        inner = {**environ, "REQUEST_METHOD": "GET", "QUERY_STRING": query, MAY_BE_KEPT: True}
        left_out = ["ACCEPT_ENCODING", "IF_NONE_MATCH", "IF_MODIFIED_SINCE", "COOKIE", "RANGE"]
        for name in [*left_out, *(["ACCEPT_LANGUAGE"] if address.is_alike else [])]:
            inner.pop(f"HTTP_{name}", None)
        return inner

    def address(self, environ: Environ) -> Address | None:
        """What is known of the address asked for; ``None`` where the answer must not come from what is kept."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
            return None
        if self.session_cookie in environ.get("HTTP_COOKIE", "") or not self.is_ours(environ.get("HTTP_HOST", "")):
            return None
        return address_of(environ["PATH_INFO"])

    def is_ours(self, host: str) -> bool:
        """Whether the portal answers under this name; if not, Django refuses it."""
        if host in self.known_hosts:
            return True
        domain, _port = split_domain_port(host)
        if not domain or not validate_host(domain, self.hosts):
            return False
        if len(self.known_hosts) < MOST_HOSTS:
            self.known_hosts.add(host)
        return True

    # ---------------------------------------------------------------- making a page

    def fill(self, key: tuple, inner: Environ, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Make the page, or wait for whoever is making it."""
        with self.lock:
            others = self.making.get(key)
            if others is None:
                mine = self.making[key] = threading.Event()
        if others is not None:
            others.wait(PATIENCE)
            entry = self.store.get(key, self.generation(), self.clock())
            if entry is not None:
                return answer(entry, environ, start_response)
            return self.make(key, inner, environ, start_response)
        try:
            return self.make(key, inner, environ, start_response)
        finally:
            with self.lock:
                self.making.pop(key, None)
            mine.set()

    def make(self, key: tuple, inner: Environ, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Ask Django (or Redis), keep the answer if it may be kept, and pass it on."""
        number = self.generation()
        shared = shared_key(key, self.shared_number()) if self.shared else ""
        entry = self.from_shared(shared)
        if entry is None:
            status, headers, parts = run(self.application, inner)
            if not may_be_kept(status, headers, inner):
                return passed_on(status, headers, parts, environ, start_response)
            entry = entries.entry_of(status, headers, read(parts), inner[EXPIRES])
            self.to_shared(shared, entry)
        self.store.keep(key, number, entry)
        return answer(entry, environ, start_response)

    def from_shared(self, key: str) -> Entry | None:
        """The page from Redis, where another node or process has put it."""
        content = self.shared.get(key) if key else None
        entry = entries.load(content) if content else None
        return entry if entry is not None and entry.expires > self.clock() else None

    def to_shared(self, key: str, entry: Entry) -> None:
        """Put a page where other nodes find it."""
        seconds = int(entry.expires - self.clock())
        if key and seconds > 0:
            self.shared.keep(key, entry.dump(), seconds)


def shared_key(key: tuple, number: int | None) -> str:
    """The key of a page in Redis, under the number that nodes share; nothing where there is none to rely on."""
    return f"{settings.SITE_URL}:page:{number}:{key!r}" if number else ""


def run(application: Application, environ: Environ) -> tuple[str, Headers, Iterable[bytes]]:
    """What ``application`` answers; the body is still to be read."""
    head: list[Any] = []

    def start_response(status: str, headers: Headers, _error: Any = None) -> None:
        head[:] = [status, headers]

    parts = application(environ, start_response)
    return head[0], head[1], parts


def read(parts: Iterable[bytes]) -> bytes:
    """A body, to its end."""
    try:
        return b"".join(parts)
    finally:
        close(parts)


def close(parts: Iterable[bytes]) -> None:
    """Say that nobody wants more of a body (PEP 3333)."""
    closing = getattr(parts, "close", None)
    if closing is not None:
        closing()


def passed_on(
    status: str, headers: Headers, parts: Iterable[bytes], environ: Environ, start_response: Callable[..., Any]
) -> Iterable[bytes]:
    """An answer that is not kept."""
    start_response(status, headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        close(parts)
        return [b""]
    return parts


def may_be_kept(status: str, headers: Headers, environ: Environ) -> bool:
    """Whether an answer is the same for everybody who asks so."""
    named = {name.lower(): value.lower() for name, value in headers}
    if not status.startswith("200") or "set-cookie" in named or EXPIRES not in environ:
        return False
    if not entries.TEXT.match(named.get("content-type", "")) or int(named.get("content-length", 0)) > LARGEST:
        return False
    if any(word in named.get("cache-control", "") for word in ("private", "no-store", "no-cache")):
        return False
    varies = {item.strip() for item in named.get("vary", "").split(",")} - {""}
    # Who does not say a language gets what is alike for all (`inner`).
    alike = set() if "HTTP_ACCEPT_LANGUAGE" in environ else {"accept-language"}
    return varies <= {"accept-encoding", "hx-request"} | alike


def answer(entry: Entry, environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
    """A kept page in the form that whoever asks takes best, or that they have it already."""
    encoding = entries.encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""), entry.bodies)
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is not None and entry.is_known_to(known):
        headers = [*entry.headers, ("ETag", entry.etag(encoding))]
        start_response("304 Not Modified", [item for item in headers if not item[0].lower().startswith("content-type")])
        return [b""]
    headers, body = entry.answer(encoding)
    start_response(entry.status, headers)
    return [b""] if environ["REQUEST_METHOD"] == "HEAD" else body
