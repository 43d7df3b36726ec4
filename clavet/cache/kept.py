"""What a process keeps for itself until anything public changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection

from clavet.cache import generation

P = ParamSpec("P")
R = TypeVar("R")
FORGET: list[Callable[[], None]] = []


def kept(function: Callable[P, R]) -> Callable[P, R]:
    """Keeps what ``function`` gives, by its positional arguments, as long as the generation stands.

    For functions of few different arguments, whose result nobody changes. Within a transaction nothing is kept: what is
    read there may never come to be.
    """
    store: dict[tuple, tuple[int, R]] = {}

    @wraps(function)
    def keeper(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return function(*args, **kwargs)
        number = generation.current()
        found = store.get(args)
        if found is None or found[0] != number:
            found = store[args] = (number, function(*args, **kwargs))
        return found[1]

    FORGET.append(store.clear)
    return keeper


def forget() -> None:
    """Forget everything that is kept in this process."""
    for clear in FORGET:
        clear()
