"""Two nodes that start together prepare one after the other."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from clavet.operations.alone import alone


@pytest.mark.django_db
def test_the_second_waits_for_the_first() -> None:
    order: list[str] = []
    waiting = threading.Event()

    def second() -> None:
        waiting.set()
        with alone("test"):
            order.append("second")
        connection.close()

    with alone("test"):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(5)
        thread.join(0.2)
        assert thread.is_alive(), "it did not wait"
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


@pytest.mark.django_db
def test_different_work_goes_on_side_by_side() -> None:
    with alone("one"), alone("another"):
        pass


@pytest.mark.django_db
def test_work_that_fails_lets_the_next_one_in() -> None:
    with pytest.raises(ZeroDivisionError), alone("failing"):
        1 / 0  # noqa: B018
    with alone("failing"):
        pass
