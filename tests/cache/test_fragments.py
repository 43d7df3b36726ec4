"""Kept parts of pages: never of another language, never of before, never what nobody may see."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils.translation import override

from clavet.cache import fragments, generation
from clavet.cache.fragments import Parts, fragment
from clavet.publishing import lifecycle
from clavet.publishing.actors import OPERATOR
from fiches.models import Fiche
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def made(name: str, notes: list[str], text: str = "part") -> str:
    """A part that notes when it is made."""
    return fragment(name, make=lambda: notes.append(name) or text)


def words(response: Any) -> str:
    """All words of a page, without the tags between them."""
    return re.sub("<[^>]*>", "", response.content.decode())


def test_a_part_is_made_once_for_each_language_until_something_is_published() -> None:
    notes: list[str] = []
    for language in ("en", "el", "en", "el"):
        with override(language):
            made("menu", notes)
    assert notes == ["menu", "menu"]
    generation.bump()
    made("menu", notes)
    assert len(notes) == 3


def test_what_is_made_while_somebody_publishes_is_not_given_out_afterwards() -> None:
    assert fragment("page", make=lambda: generation.bump() or "before") == "before"
    assert fragment("page", make=lambda: "after") == "after"


def test_nothing_is_kept_of_what_a_transaction_reads() -> None:
    notes: list[str] = []
    with transaction.atomic():
        made("page", notes)
    made("page", notes)
    assert len(notes) == 2


def test_what_cannot_be_made_is_not_kept() -> None:
    with pytest.raises(ZeroDivisionError):
        fragment("page", make=lambda: str(1 // 0))
    assert fragment("page", make=lambda: "page") == "page"


def test_parts_go_when_the_clock_changes_a_page_and_when_there_are_too_many() -> None:
    parts = Parts(1000)
    for number in range(20):
        parts.put(1, 50.0, ("part", number), "x", 100)
    assert parts.bytes <= 1000
    assert parts.get(1, 49.0, ("part", 19)) == ("x", 100)
    assert parts.get(1, 49.0, ("part", 0)) is None
    assert parts.get(1, 50.0, ("part", 19)) is None
    assert parts.get(2, 49.0, ("part", 19)) is None


def test_list_page_and_topic_show_a_change_at_once_and_nothing_of_what_has_gone() -> None:
    record = factories.fiche("A workshop bus", translations=("el",))
    client = Client()
    listed = ("/en/", "/en/fiches/", "/en/topics/apprenticeships/", "/en/search/?q=pupils")
    for title in ("A bus for pupils", "A boat for pupils"):
        factories.renew(record, title=title)
        for path in (*listed, f"/en/fiches/{record.code_id}/"):
            assert title in words(client.get(path, follow=True)), path
    lifecycle.archive_record(Fiche.objects.get(pk=record.pk), actor=OPERATOR)
    for path in listed:
        assert "A boat for pupils" not in words(client.get(path)), path
    assert fragments.PARTS.bytes > 0
