"""Practices side by side: what the table says, and what it never does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from clavet.cache.addresses import address_of, normalised
from clavet.publishing import lifecycle
from clavet.publishing.actors import OPERATOR
from practices.models import Practice
from tests import factories
from tests.fiches.pages import by_id, languages_within, text_of, tree
from tests.practices import cases as made

pytestmark = pytest.mark.django_db
HERE = "/en/practices/compare/"


def query(*codes: str) -> str:
    return "?" + "&".join(f"code={code}" for code in codes)


@pytest.fixture
def pair() -> list[Practice]:
    """A small town's practice and a large one's."""
    small = made.authority("Smallville", population=4_000)
    large = made.authority("Bigtown", population=700_000, country="FI")
    return [
        made.practice("A bus", small, outcome="partly", budget_amount=40_000),
        made.practice("A train", large, outcome="not_achieved", budget_amount=900_000, period_to="2021-06"),
    ]


def rows(root: Any) -> dict[str, list[str]]:
    """The cells of each row under its heading."""
    found = {}
    for row in root.findall(".//table//tbody/tr"):
        heading = row.find("th")
        assert heading.get("scope") == "row"
        found[text_of(heading)] = [text_of(cell) for cell in row.findall("td")]
    return found


def test_facts_and_texts_stand_beside_each_other_in_the_order_of_the_address(client: Client, pair: list) -> None:
    codes = [practice.code_id for practice in reversed(pair)]
    root = tree(client.get(HERE + query(*codes)))
    heads = root.findall(".//thead//th[@scope='col']")
    assert [head.find("a").get("href") for head in heads] == [practice.url_in("en") for practice in reversed(pair)]
    found = rows(root)
    assert found["Outcome"] == ["not achieved", "partly achieved"]
    assert found["Authority"] == ["Bigtown", "Smallville"]
    assert found["Size of the authority"] == ["over 500,000 inhabitants", "under 5,000 inhabitants"]
    assert found["Country"] == ["Finland", "Italy"]
    assert found["Budget"] == ["€900,000, a year", "€40,000, a year"]
    assert "A bus: what did not work." in found["What did not work"][1]
    # The table scrolls sideways on phones: it can be reached by keyboard and has a name.
    region = root.find(".//div[@role='region']")
    assert region.get("tabindex") == "0"
    assert by_id(root, region.get("aria-labelledby")) is not None


def test_one_can_be_taken_away_and_another_added(client: Client, pair: list) -> None:
    first, second = (practice.code_id for practice in pair)
    third = made.practice("A tram").code_id
    links = [link.get("href") for link in tree(client.get(HERE + query(first, second))).iter("a")]
    assert HERE + query(second) in links
    assert HERE + query(first, second, third) in links
    # Typed, with the chosen ones in hidden fields, and in small letters.
    found = rows(tree(client.get(HERE + query(first, second, f" {third.lower()}"))))
    assert len(found["Outcome"]) == 3


def test_a_long_text_is_shortened_and_leads_to_the_page(client: Client) -> None:
    practice = made.practice("A bus")
    Practice.objects.filter(pk=practice.pk).update(what_was_done_en="## First\n\n" + "They drove. " * 200)
    root = tree(client.get(HERE + query(practice.code_id)))
    cell = next(row for row in root.findall(".//tbody/tr") if text_of(row.find("th")) == "What was done").find("td")
    assert len(text_of(cell).split()) < 80
    assert cell.find("a").get("href") == f"{practice.url_in('en')}#what_was_done"


def test_texts_in_another_language_say_so(client: Client, pair: list) -> None:
    root = tree(client.get(f"/el/practices/compare/{query(*(practice.code_id for practice in pair))}"))
    assert languages_within(root, "A bus: what did not work.") == {"en"}
    assert "English" in text_of(root.find(".//thead"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "at least two"),
        ("?code=", "at least two"),
        ("?code=BP-9999&code=BP-9998", "Not in the library, or no longer: BP-9999, BP-9998."),
        ("?code=CF-0001", "Not in the library, or no longer: CF-0001."),
        ("?code=%00&code=<script>&code=' OR 1=1 --&code=" + "9" * 3000, "at least two"),
        ("?code=BP-9991&code=BP-9992&code=BP-9993&code=BP-9994&code=BP-9995", "left out: BP-9995."),
    ],
)
def test_whatever_is_asked_there_is_a_page_that_says_what_is_wrong(asked: str, said: str, client: Client) -> None:
    response = client.get(HERE + asked)
    assert response.status_code == 200
    assert said in text_of(tree(response).find("body"))
    assert tree(response).find(".//meta[@name='robots']").get("content") == "noindex"


def test_what_the_public_may_not_read_is_not_compared_nor_told_from_what_never_was(client: Client, pair: list) -> None:
    where = made.authority()
    hidden = made.handed_in(where, made.author(where), title="Secret plan").code_id
    lifecycle.withdraw_record(pair[1], actor=OPERATOR, reason="A person asked us to.")
    pages = {
        code: client.get(HERE + query(pair[0].code_id, code)).content.decode().replace(code, "")
        for code in (hidden, pair[1].code_id, "BP-9999")
    }
    assert len(set(pages.values())) == 1
    assert "Secret plan" not in pages[hidden]
    assert "A train" not in pages[pair[1].code_id]


@pytest.mark.parametrize("number", [1, 3])
def test_three_ask_the_database_as_often_as_one(number: int, client: Client, django_assert_num_queries: Any) -> None:
    codes = [made.practice(f"Number {turn}").code_id for turn in range(number)]
    made.practice("Another")
    client.get(HERE + query(*codes))
    with django_assert_num_queries(14):
        client.get(HERE + query(*codes))


def test_practices_can_be_chosen_from_their_list_and_from_their_page_and_fiches_cannot(
    client: Client, pair: list
) -> None:
    root = tree(client.get("/en/practices/"))
    form = by_id(root, "compare")
    assert (form.get("method"), form.get("action")) == ("get", HERE)
    boxes = [box.get("value") for box in root.iter("input") if box.get("form") == "compare"]
    assert sorted(boxes) == sorted(practice.code_id for practice in pair)
    page = client.get(pair[0].url_in("en")).content.decode()
    assert HERE + query(pair[0].code_id) in page
    factories.fiche()
    assert by_id(tree(client.get("/en/fiches/")), "compare") is None
    assert client.get("/en/fiches/compare/").status_code == 404


def test_the_page_cache_keeps_the_order_of_what_is_compared_and_nothing_else_of_the_query() -> None:
    address = address_of("/el/practices/compare/")
    assert normalised(address, "code=BP-0002&utm=x&code=BP-0001&code=BP-0002") == "code=BP-0002&code=BP-0001"
    assert address.is_free
    # Filters of a list mean the same in any order, as before.
    assert normalised(address_of("/el/practices/"), "topic=b&topic=a&code=BP-0001") == "topic=a&topic=b"
