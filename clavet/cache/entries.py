"""A page as it is kept: compressed once, with the headers that Django gave it."""

from __future__ import annotations

import gzip
import hashlib
import pickle
import re
from dataclasses import dataclass, field
from functools import lru_cache

import brotli

Headers = list[tuple[str, str]]

# Below this a compressed body saves nothing.
WORTH_COMPRESSING = 256
TEXT = re.compile(r"(text/|application/(json|ld\+json|atom\+xml|xml|feed\+json|javascript))")
# Set anew with each answer.
OURS = frozenset({"content-length", "content-encoding", "etag", "cache-control", "vary", "date", "server"})
REVALIDATED = "public, max-age=0, must-revalidate"


@dataclass(frozen=True)
class Entry:
    """An answer with its bodies by encoding (``identity``, ``gzip``, ``br``), good until ``expires`` (POSIX time)."""

    status: str
    headers: Headers
    bodies: dict[str, bytes]
    tag: str
    expires: float
    # The answers as they are sent, by encoding: most of a kept page's cost is putting its headers together.
    answers: dict[str, tuple[Headers, list[bytes]]] = field(default_factory=dict, compare=False, repr=False)

    def answer(self, encoding: str) -> tuple[Headers, list[bytes]]:
        """The headers and the body of the answer in one of its encodings."""
        made = self.answers.get(encoding)
        if made is None:
            body = self.bodies[encoding]
            headers = [*self.headers, ("ETag", self.etag(encoding)), ("Content-Length", str(len(body)))]
            if encoding != "identity":
                headers.append(("Content-Encoding", encoding))
            made = self.answers[encoding] = (headers, [body])
        return made

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        return sum(map(len, self.bodies.values())) + 60 * len(self.headers) + 500

    def etag(self, encoding: str) -> str:
        """Each form of the body has a tag of its own (RFC 9110, 8.8.3)."""
        return f'"{self.tag}"' if encoding == "identity" else f'"{self.tag}-{encoding}"'

    def is_known_to(self, if_none_match: str) -> bool:
        """Whether whoever asks has this answer already, in any of its forms."""
        if if_none_match.strip() == "*":
            return True
        tags = {item.strip().removeprefix("W/") for item in if_none_match.split(",")}
        return any(self.etag(encoding) in tags for encoding in self.bodies)

    def dump(self) -> bytes:
        """The entry as Redis keeps it."""
        return pickle.dumps(self, protocol=5)


def load(content: bytes) -> Entry:
    """An entry as ``dump`` gave it. Redis is ours, as the database is: what lies there is trusted."""
    return pickle.loads(content)  # noqa: S301


def entry_of(status: str, headers: Headers, body: bytes, expires: float) -> Entry:
    """An answer of Django as it is kept."""
    named = {name.lower(): value for name, value in headers}
    bodies = {"identity": body}
    if len(body) >= WORTH_COMPRESSING and TEXT.match(named.get("content-type", "")):
        bodies["gzip"] = gzip.compress(body, 6, mtime=0)
        bodies["br"] = brotli.compress(body, quality=5)
    kept = [(name, value) for name, value in headers if name.lower() not in OURS]
    varies = [item.strip() for item in named.get("vary", "").split(",")]
    also = [item for item in varies if item.lower() not in ("", "accept-encoding", "accept-language")]
    kept.append(("Vary", ", ".join(["Accept-Encoding", *also])))
    kept.append(("Cache-Control", named.get("cache-control") or REVALIDATED))
    return Entry(status, kept, bodies, hashlib.blake2b(body, digest_size=12).hexdigest(), expires)


def encoding_for(accepted: str, bodies: dict[str, bytes]) -> str:
    """The form to send to whoever accepts ``accepted`` (the header ``Accept-Encoding``; RFC 9110, 12.5.3)."""
    return next((coding for coding in preferred(accepted) if coding in bodies), "identity")


# Browsers say one of a few things; whatever else anybody sends pushes no more than these many out.
@lru_cache(maxsize=256)
def preferred(accepted: str) -> tuple[str, ...]:
    """The codings of ours that the header takes, the best first."""
    weights = {coding: quality(accepted, coding) for coding in ("br", "gzip") if coding in accepted.lower()}
    return tuple(sorted((coding for coding in weights if weights[coding] > 0), key=lambda coding: -weights[coding]))


def quality(accepted: str, coding: str) -> float:
    """The weight that the header gives to a coding; 0 where it does not name it."""
    for item in accepted.lower().split(","):
        name, _semicolon, rest = item.strip().partition(";")
        if name.strip() == coding:
            _q, sign, number = rest.strip().partition("=")
            try:
                return float(number) if sign else 1.0
            except ValueError:
                return 0.0
    return 0.0
