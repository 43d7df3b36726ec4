"""Several people at the same moment, on a database that really lets them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections

from clavet.publishing.errors import PublishingError


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """What each of ``actions`` returned or raised, all begun at the same moment in threads of their own."""
    gate = threading.Barrier(len(actions))
    outcomes: list[Any] = [None] * len(actions)

    def run(place: int, action: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=10)
            outcomes[place] = action()
        except PublishingError as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=entry) for entry in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes
