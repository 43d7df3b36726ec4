"""Lists that visitors put together: what their address means, and what it never shows."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.test import Client

from clavet.cache.addresses import address_of
from clavet.languages import CODES
from clavet.library.collecting import harmless
from clavet.publishing import lifecycle
from clavet.publishing.actors import OPERATOR
from tests import factories
from tests.fiches.pages import by_id, text_of, tree
from tests.practices import cases

pytestmark = pytest.mark.django_db
HERE = "/en/list/"


def query(*codes: str) -> str:
    return "?" + "&".join(f"code={code}" for code in codes)


def shown(response: Any) -> list[str]:
    return [card.get("data-code") for card in tree(response).iter("article") if card.get("data-code")]


def codes_in(address: str) -> list[str]:
    return parse_qs(urlsplit(address).query).get("code", [])


@pytest.fixture
def three() -> list[str]:
    """Three fiches."""
    return [factories.fiche(title).code_id for title in ("First", "Second", "Third")]


def test_a_list_shows_records_of_any_kind_in_the_order_of_its_address(client: Client, three: list[str]) -> None:
    order = [three[1], cases.practice().code_id, three[0]]
    assert shown(client.get(HERE + query(*order, order[0]))) == order
    assert shown(client.get(f"/tr/list/{query(*order)}")) == order


def test_its_order_is_changed_and_each_change_goes_on_from_its_place(client: Client, three: list[str]) -> None:
    first, second, third = three
    up = client.get(f"{HERE}{query(*three)}&title=Mine&up={third}")
    assert up.status_code == 302
    assert codes_in(up["Location"]) == [first, third, second]
    assert parse_qs(urlsplit(up["Location"]).query)["title"] == ["Mine"]
    # The button that was pressed is there again, and has the focus.
    assert urlsplit(up["Location"]).fragment == f"up-{third}"
    assert by_id(tree(client.get(up["Location"])), f"up-{third}") is not None
    assert codes_in(client.get(f"{HERE}{query(*three)}&down={first}")["Location"]) == [second, first, third]
    assert codes_in(client.get(f"{HERE}{query(*three)}&up={first}")["Location"]) == three


def test_what_is_taken_away_can_be_brought_back_to_its_place(client: Client, three: list[str]) -> None:
    away = client.get(f"{HERE}{query(*three)}&away={three[1]}")["Location"]
    page = client.get(away)
    assert shown(page) == [three[0], three[2]]
    back = by_id(tree(page), "undo").get("href")
    assert codes_in(back) == three
    assert shown(client.get(back)) == three


def test_the_title_is_a_text_and_nothing_else(client: Client, three: list[str]) -> None:
    title = "<b>Ours</b>\n\x00 & theirs" + "x" * 200
    root = tree(client.get(f"{HERE}{query(three[0])}&title={quote(title)}"))
    heading = root.find(".//h1")
    assert text_of(heading).startswith("<b>Ours</b> & theirs")
    assert len(text_of(heading)) <= 100
    assert "put together by a visitor" in text_of(root.find(".//main"))
    assert "theirs" not in text_of(root.find(".//title"))


def test_what_the_public_may_not_read_is_said_to_be_missing_and_nothing_else_of_it(
    client: Client, three: list[str]
) -> None:
    hidden = factories.unpublished()
    factories.draft(hidden, "en", factories.document("Secret"), by=factories.coordinator())
    gone = factories.fiche("Withdrawn one")
    lifecycle.withdraw_record(gone, actor=OPERATOR, reason="A person asked us to.")
    codes = [hidden.code_id, gone.code_id, "CF-9999", "ZZ-0001"]
    response = client.get(HERE + query(three[0], *codes))
    page = response.content.decode()
    assert f"Not in the library, or no longer: {', '.join(codes)}." in page
    assert "Secret" not in page
    assert "Withdrawn one" not in page
    assert shown(response) == [three[0]]
    # After the next change they are no longer carried along.
    hidden_fields = [field.get("value") for field in tree(response).iter("input") if field.get("type") == "hidden"]
    assert set(hidden_fields) == {three[0]}
    table = client.get("/en/list.csv" + query(three[0], *codes)).content.decode()
    assert "Secret" not in table
    assert "Withdrawn one" not in table


def test_what_was_archived_stays_readable_in_a_list(client: Client) -> None:
    record = factories.fiche("Old")
    lifecycle.archive_record(record, actor=OPERATOR, reason="Old.")
    assert shown(client.get(HERE + query(record.code_id))) == [record.code_id]
    assert shown(client.get("/en/fiches/")) == []


@pytest.mark.parametrize(
    "asked",
    [
        "", "?code=", "?code=%00&title=%FF%FE", "?up=CF-0001", "?away=x&down=", "?gone=CF-0001&place=-1",
        "?gone=CF-0001&place=²", "?gone=%00&place=1", "?code=CF-0001&gone=CF-0002&place=" + "9" * 50,
        "?title=" + "x" * 9000, "?" + "&".join(f"code=CF-{number}" for number in range(1000, 1900)),
    ],
)  # fmt: skip
def test_no_address_breaks_the_list_or_its_table(asked: str, client: Client) -> None:
    assert client.get(HERE + asked).status_code == 200
    assert client.get(f"/en/list.csv{asked}").status_code == 200


def test_at_most_a_hundred_are_read(client: Client) -> None:
    response = client.get(HERE + query(*(f"CF-{number}" for number in range(1000, 1101))))
    text = text_of(tree(response).find(".//main"))
    assert "At most 100 records fit into a list." in text
    assert "CF-1099" in text
    assert "CF-1100" not in text


def test_the_table_opens_in_spreadsheets_and_harms_none(client: Client, three: list[str]) -> None:
    factories.fiche("=1+1")
    factories.fiche("Ένα λεωφορείο", source_language="el")
    response = client.get("/el/list.csv?code=CF-0004&code=CF-0005&code=CF-0002")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row[0] for row in table[1:]] == ["CF-0004", "CF-0005", "CF-0002"]
    assert [row[2] for row in table[1:]] == ["'=1+1", "Ένα λεωφορείο", "Second"]
    assert [row[3] for row in table[1:]] == ["en", "el", "en"]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless(f"a{cell}") == f"a{cell}"


def test_practices_of_a_list_can_be_compared_where_there_are_two_to_four(client: Client, three: list[str]) -> None:
    one, other = (cases.practice(title).code_id for title in ("Fourth", "Fifth"))
    assert "/practices/compare/" not in text_of_links(client.get(HERE + query(*three, one)))
    links = text_of_links(client.get(HERE + query(one, *three, other)))
    assert f"/en/practices/compare/{query(one, other)}" in links


def text_of_links(response: Any) -> str:
    return " ".join(link.get("href", "") for link in tree(response).iter("a"))


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_asks_the_database_as_often_for_one_as_for_three(
    number: int, client: Client, django_assert_num_queries: Any
) -> None:
    codes = [factories.fiche(f"Number {turn}").code_id for turn in range(number)]
    client.get(HERE + query(*codes))
    with django_assert_num_queries(3):
        client.get(HERE + query(*codes))


def test_lists_are_of_no_person_and_no_search_engine(client: Client, three: list[str]) -> None:
    response = client.get(HERE + query(*three))
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert tree(response).find(".//meta[@name='robots']").get("content") == "noindex"
    # There are too many of them to be kept.
    assert all(address_of(f"/{code}/list/") is None for code in CODES)


def test_every_record_can_be_kept_with_a_script_or_without(client: Client, three: list[str]) -> None:
    page = client.get("/en/fiches/").content.decode()
    assert 'data-keep="CF-0001"' in page
    record = client.get(f"/en/fiches/{three[0]}/", follow=True)
    assert f"/en/list/?code={three[0]}" in text_of_links(record)
