"""What nodes share, with a real Redis: they agree on a number at once, take over each other's pages, and do without."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.servers import free_port
from clavet.cache import shared
from clavet.cache.generation import Node
from clavet.cache.generation_file import GenerationFile
from tests import factories, found
from tests.cache.fronts import front, get

pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True)]


class Running:
    """A Redis that keeps nothing on the disk."""

    def __init__(self, folder: Path) -> None:
        self.url = f"redis://127.0.0.1:{(port := free_port())}/0"
        command = [found.redis(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([*command, "--dir", str(folder)], stdout=subprocess.DEVNULL)  # noqa: S603
        for _moment in range(200):
            if shared.Redis(self.url).is_well():
                return
            time.sleep(0.05)
        raise RuntimeError("redis-server does not answer")

    def stop(self) -> None:
        """No more answers."""
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Running]:
    """A Redis as long as the test lasts."""
    server = Running(tmp_path)
    yield server
    server.stop()


def nodes(redis: Running, folder: Path) -> list[Node]:
    """Two nodes: each has a data directory of its own, and looks at the database only once."""
    made = [Node(GenerationFile(folder / f"generation{place}"), shared.connect(redis.url)) for place in range(2)]
    for node in made:
        node.raise_now()
        node.looks_again_at = float("inf")
    return made


def test_a_node_hears_at_once_that_another_has_published(redis: Running, tmp_path: Path) -> None:
    first, second = nodes(redis, tmp_path)
    before = second.current()
    assert second.current() == before
    first.raise_now()
    assert second.current() > before
    assert first.shared_number() == second.shared_number()


def test_a_page_that_one_node_has_made_the_other_does_not_make_until_somebody_publishes(
    redis: Running, tmp_path: Path
) -> None:
    record = factories.fiche("A workshop bus")
    pair = nodes(redis, tmp_path)
    fronts = [
        front(generation=node.current, shared=shared.connect(redis.url), shared_number=node.shared_number)
        for node in pair
    ]
    first, second = (get(one, "/en/fiches/") for one in fronts)
    assert first.body == second.body
    assert [one.application.asked for one in fronts] == [1, 0]
    factories.renew(record, title="Another bus")
    pair[0].raise_now()
    assert all(b"Another bus" in get(one, "/en/fiches/").body for one in reversed(fronts))
    assert [one.application.asked for one in fronts] == [1, 1]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_without_an_answer_from_redis_each_node_goes_on_alone_and_relies_on_nothing_there(
    redis: Running, tmp_path: Path
) -> None:
    record = factories.fiche("A workshop bus")
    node = nodes(redis, tmp_path)[0]
    alone = front(generation=node.current, shared=shared.connect(redis.url), shared_number=node.shared_number)
    assert b"A workshop bus" in get(alone, "/en/fiches/").body
    redis.stop()
    factories.renew(record, title="Another bus")
    node.raise_now()
    assert node.shared_number() is None
    assert b"Another bus" in get(alone, "/en/fiches/").body
