"""Filters of the queue that an editor keeps under a name."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from clavet.accounts.models import SavedFilter
from tests import factories
from tests.factories import as_

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LIST = "/admin/practices/case/"
QUERY = "state__exact=submitted&revision__language__exact=it"


@pytest.fixture
def editor() -> Any:
    return factories.coordinator()


def keep(client: Client, name: str = "Italian, new", query: str = QUERY) -> Any:
    return client.post(f"{LIST}filters/keep/", {"name": name, "query": query})


def test_an_editor_keeps_a_filter_finds_it_above_the_list_and_drops_it(editor: Any) -> None:
    client = as_(editor)
    assert "filters/keep/" not in client.get(LIST).content.decode()
    assert f'value="{QUERY.replace("&", "&amp;")}"' in client.get(f"{LIST}?{QUERY}&p=2").content.decode()
    assert keep(client)["Location"] == f"{LIST}?{QUERY}"
    page = client.get(f"{LIST}?{QUERY}").content.decode()
    assert f'<a href="?{QUERY.replace("&", "&amp;")}" aria-current="page">Italian, new</a>' in page
    assert client.post(f"{LIST}filters/{SavedFilter.objects.get().pk}/drop/").status_code == 302
    assert "Italian, new" not in client.get(LIST).content.decode()


def test_the_same_name_again_stands_for_the_newer_filter(editor: Any) -> None:
    client = as_(editor)
    keep(client)
    keep(client, query="waits=decision&p=3&all=")
    assert SavedFilter.objects.get().query == "waits=decision"


@pytest.mark.parametrize(
    ("name", "query"), [("", QUERY), ("x" * 61, QUERY), ("All", ""), ("All", "p=2"), ("Long", "q=" + "x" * 3000)]
)
def test_what_cannot_be_kept_is_refused_with_a_reason(editor: Any, name: str, query: str) -> None:
    client = as_(editor)
    answer = client.post(f"{LIST}filters/keep/", {"name": name, "query": query}, follow=True)
    assert answer.status_code == 200
    assert "errornote" in answer.content.decode() or 'class="error"' in answer.content.decode()
    assert not SavedFilter.objects.exists()


def test_nobody_sees_or_drops_what_another_keeps(editor: Any) -> None:
    keep(as_(editor))
    kept = SavedFilter.objects.get()
    other = as_(factories.coordinator())
    assert kept.name not in other.get(LIST).content.decode()
    assert other.post(f"{LIST}filters/{kept.pk}/drop/").status_code == 404
    for person in (factories.person(), factories.administrator(), factories.superuser()):
        assert keep(as_(person)).status_code in (302, 403)
        assert as_(person).post(f"{LIST}filters/{kept.pk}/drop/").status_code in (302, 403)
    assert as_(editor).get(f"{LIST}filters/keep/").status_code == 403
    assert [each.account for each in SavedFilter.objects.all()] == [editor]
