"""The generation of what the public sees: a number that every public change raises.

Whoever keeps something that was made from public rows notes ``current()`` *before* reading them, and throws it away
when the number is another. Why nothing stale outlives a publication:

- ``bump()`` counts the change in the database, in the transaction of the change; a change that is rolled back counts
  nothing. The count is a sum over rows (``models.Tally``), so each commit makes it larger, in whatever order
  transactions end, and no two of them wait for each other.
- Right after the commit, before the call that published returns, the number of this node is raised (in a file that its
  processes share) and the one in Redis that nodes share, if there is one. Raised after the commit, because a page that
  was made between the two, from the rows before, must not be kept under the new number.
- Should a process end between commit and raising, or another node publish without Redis, the count in the database
  is not the one that the file has noted: each process looks every ``LOOK_EVERY`` seconds.
- The number never falls: a new file begins above any older one, and a database that was restored has a count that
  differs, which is all that is asked.
"""

from __future__ import annotations

import logging
import threading
import time
from functools import cache

from django.conf import settings
from django.db import Error, connection, transaction

from clavet.cache import shared
from clavet.cache.generation_file import GenerationFile, State
from clavet.cache.models import Tally

logger = logging.getLogger(__name__)

# Seconds after which a process looks at the database's count again.
LOOK_EVERY = 2.0


def bump() -> None:
    """What the public sees changes with the transaction of the moment (or changed just now, where there is none).

    Called by whatever publishes; may be called any number of times in one transaction.
    """
    if any(function is raise_now for _savepoints, function, _robust in connection.run_on_commit):
        return  # counted in this transaction already
    with transaction.atomic():
        Tally.objects.count_one()
        transaction.on_commit(raise_now, robust=True)


def current() -> int:
    """The number of the moment. Costs microseconds; with Redis one question to it."""
    return node().current()


def state() -> State:
    """The number of the moment, with what it takes into account; for what nodes share."""
    return node().state()


def shared_number() -> int | None:
    """The number under which nodes share pages; ``None`` where they share none, or cannot rely on it now."""
    return node().shared_number()


def raise_now() -> None:
    """Raise the number at once, on this node and in Redis: called after each commit."""
    node().raise_now()


class Node:
    """The generation as one process of a node sees it."""

    def __init__(self, file: GenerationFile, redis: shared.Redis | None = None) -> None:
        self.file = file
        self.redis = redis
        self.looks_again_at = 0.0
        self.looking = threading.Lock()
        # Whether Redis could not be told of a change: until it has been, nothing there is to be relied on.
        self.is_untold = False

    def current(self) -> int:
        """The number, after a look at Redis and, when it is time, at the database."""
        self._notice()
        return self.file.number()

    def state(self) -> State:
        """The same with what it takes into account."""
        self._notice()
        return self.file.state()

    def raise_now(self) -> None:
        """Raise the number; note the database's count first, so that no process raises it once more for the same."""
        self.file.raise_number(counted=self._counted(), shared=self._tell())

    def shared_number(self) -> int | None:
        """The number that this node and Redis agree upon."""
        if self.redis is None or self.is_untold:
            return None
        return self.redis.number()

    def _tell(self) -> int | None:
        """Raise the number that nodes share."""
        number = self.redis.raise_number() if self.redis else None
        self.is_untold = self.redis is not None and number is None
        return number

    def _notice(self) -> None:
        """Raise the number if somebody published who could not raise it here."""
        number = self.redis.number() if self.redis else None
        if number is not None and number != self.file.state().shared:
            self.file.raise_number(counted=self._counted(), shared=number)
        elif time.monotonic() >= self.looks_again_at and self.looking.acquire(blocking=False):
            try:
                self.look()
            finally:
                self.looking.release()

    def look(self) -> None:
        """Compare with the database's count, and see whether the file is still the one that others use.

        A database that does not answer changes nothing: what is kept is as true as it was.
        """
        self.looks_again_at = time.monotonic() + LOOK_EVERY
        if not self.file.is_in_place():
            self.file.reopen()
        counted = self._counted()
        if self.is_untold or (counted is not None and counted != self.file.state().counted):
            # Whoever changed it may have ended before it could say so: what nodes share is let go as well.
            self.file.raise_number(counted=counted, shared=self._tell())

    def _counted(self) -> int | None:
        """The database's count; ``None`` where it does not answer."""
        was_open = connection.connection is not None
        try:
            return Tally.objects.total()
        except Error:
            logger.warning("The count of public changes could not be read", exc_info=True)
            return None
        finally:
            # Outside Django's handling of a request nobody else gives the connection back.
            if not was_open:
                connection.close()


@cache
def node() -> Node:
    """This process's view of the generation."""
    return Node(GenerationFile(settings.DATA / "generation"), shared.connect(settings.REDIS_URL))
