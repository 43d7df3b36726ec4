"""What nodes share through Redis: the generation, and pages that one of them has made."""

from __future__ import annotations

import logging
import time

import redis

logger = logging.getLogger(__name__)

# An answer that takes longer than this is no help to anybody; after a failure Redis is left alone for a while.
PATIENCE = 0.5
PAUSE = 2.0
NUMBER = "clavet:generation"
# A number for a Redis that has none is the microseconds since 1970: higher than any it can have had.
RAISE = """
if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('SET', KEYS[1], ARGV[1]) end
return redis.call('INCR', KEYS[1])
"""


def connect(url: str) -> Redis | None:
    """Redis at ``url``; ``None`` without one. Nothing is asked of it yet."""
    return Redis(url) if url else None


class Redis:
    """A Redis that may fail without anybody noticing but for slower pages: every method returns ``None`` then."""

    def __init__(self, url: str) -> None:
        self.client = redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self.resumes_at = 0.0

    def number(self) -> int | None:
        """The generation that nodes share."""
        found = self._ask("GET", NUMBER)
        return int(found) if found else None

    def raise_number(self) -> int | None:
        """Raise the generation that nodes share, and return it."""
        return self._ask("EVAL", RAISE, 1, NUMBER, time.time_ns() // 1000, even_if_resting=True)

    def get(self, key: str) -> bytes | None:
        """What is kept under ``key``."""
        return self._ask("GET", key)

    def keep(self, key: str, value: bytes, seconds: int) -> None:
        """Keep ``value`` under ``key`` for so long."""
        self._ask("SET", key, value, "EX", seconds)

    def is_well(self) -> bool:
        """Whether Redis answers."""
        return self._ask("PING", even_if_resting=True) is not None

    def _ask(self, *command: object, even_if_resting: bool = False):
        if not even_if_resting and time.monotonic() < self.resumes_at:
            return None
        try:
            return self.client.execute_command(*command)
        except redis.RedisError:
            if time.monotonic() >= self.resumes_at:
                logger.warning("Redis does not answer; pages come from the memory of each process", exc_info=True)
            self.resumes_at = time.monotonic() + PAUSE
            return None
