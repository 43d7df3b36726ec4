"""``reindex``: beside the running portal, and at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.core.management import call_command

from clavet.operations import preparing
from clavet.publishing import effects, lifecycle
from clavet.publishing.actors import OPERATOR
from clavet.search import rebuilding, state
from clavet.search.models import FacetPositions, IndexEntry, IndexState, IndexWord
from fiches.models import Fiche
from tests import factories
from tests.search.asking import ask, bring, fiche

pytestmark = pytest.mark.django_db


def contents(side: int) -> dict[str, Any]:
    """What a side of the index holds."""
    return {
        "entries": set(IndexEntry.objects.filter(side=side).values_list("entry", "digest")),
        "words": set(IndexWord.objects.filter(side=side).values_list("language", "word", "entries")),
        "facets": {
            (row.name, row.value): bytes(row.positions) for row in FacetPositions.objects.filter(side=side)
        },
    }  # fmt: skip


def test_a_rebuilt_index_holds_just_what_publications_wrote() -> None:
    for number in range(4):
        record = factories.fiche(f"Bus number {number}", translations=("el", "hr"))
    factories.renew(record, title="A submarine")
    lifecycle.archive_record(Fiche.objects.get(source_title="Bus number 0"), actor=OPERATOR)
    before = contents(state.live())
    report = effects.rebuild_all()
    assert contents(state.live()) == before
    assert (report.records, report.entries) == (3, 9)
    assert report.bytes > 0
    assert ask("submarine").codes == [record.code_id]


def test_rebuilding_again_and_again_leaves_nothing_behind() -> None:
    factories.fiche("A zeppelin")
    for _turn in range(3):
        call_command("reindex")
    lifecycle.archive_record(Fiche.objects.get(), actor=OPERATOR)
    call_command("reindex")
    assert contents(state.live()) == {"entries": set(), "words": set(), "facets": {}}
    assert ask("zeppelin").total == 0


class WhilePeopleWork(effects.AllRecords):
    """The records, of which some change when a batch has been read."""

    def __init__(self, change: Any) -> None:
        self.change = change

    def texts(self, codes: Sequence[str]) -> dict[str, Any]:
        found = super().texts(codes)
        self.change()
        return found


@pytest.mark.parametrize("when", ["before", "after"])
def test_what_is_published_during_a_rebuild_is_in_both_sides(monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    record = factories.fiche("A zeppelin for pupils")
    other = factories.fiche("A bus for pupils")
    monkeypatch.setattr(rebuilding, "BATCH", 1)
    done: list[str] = []

    def change() -> None:
        done.append("batch")
        if len(done) == (1 if when == "before" else 2):
            factories.renew(other if when == "before" else record, title="A submarine")

    rebuilding.rebuild(WhilePeopleWork(change))
    changed = other if when == "before" else record
    assert ask("submarine").codes == [changed.code_id]
    assert ask("bus" if when == "before" else "zeppelin").total == 0
    live = contents(state.live())
    effects.rebuild_all()
    assert contents(state.live()) == live


def test_an_index_of_another_analyser_is_made_anew_at_the_next_start(capsys: pytest.CaptureFixture[str]) -> None:
    bring(fiche("CF-0001", title="A bus", summary="In short."))
    preparing.prepare(with_sample=False)
    assert "index" not in capsys.readouterr().out
    IndexState.objects.update(analysis="of before")
    side = state.live()
    preparing.prepare(with_sample=False)
    assert "index" in capsys.readouterr().out
    assert state.live() != side
    assert ask("bus").codes == ["CF-0001"]
