"""The list of fiches to take away as a table."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from clavet.library.tables import rows_of
from fiches.library import LIBRARY
from tests import factories

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def test_the_list_is_taken_away_as_it_is_filtered(client: Client) -> None:
    factories.vocabulary()
    bus = factories.fiche("A bus", topics=["apprenticeships"])
    factories.fiche("A school", topics=["schools"])
    assert {row["Title"] for row in read(client, "/en/fiches/table.csv")} == {"A bus", "A school"}
    (row,) = read(client, "/en/fiches/table.csv?topic=vet")
    assert row["Code"] == bus.code_id
    assert row["Topic"] == "apprenticeships (en)"
    assert row["Country"] == "Greece"
    assert row["Address"] == f"http://testserver{bus.url_in('en')}"
    page = client.get("/en/fiches/?topic=vet").content.decode()
    assert "/en/fiches/table.csv?topic=vet" in page
    assert "/en/fiches/table.xlsx?topic=vet" in page


def test_it_is_in_the_readers_language_and_says_in_which_a_text_is(client: Client) -> None:
    factories.vocabulary()
    factories.fiche("A bus", translations=("el",))
    (greek,) = read(client, "/el/fiches/table.csv")
    assert "el" in greek.values()
    assert "Ελλάδα" in greek.values()
    (turkish,) = read(client, "/tr/fiches/table.csv")
    assert "A bus" in turkish.values()
    assert "en" in turkish.values()


def test_a_title_that_looks_like_a_formula_is_not_one_in_a_spreadsheet(client: Client) -> None:
    factories.vocabulary()
    factories.fiche("=1+1", texts={"summary": "@sum(1)"})
    (row,) = read(client, "/en/fiches/table.csv")
    assert (row["Title"], row["Summary"]) == ("'=1+1", "'@sum(1)")
    answer = client.get("/en/fiches/table.xlsx")
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert sheet[1][1] == "'=1+1"


def test_what_is_not_public_is_left_out_whoever_names_it() -> None:
    factories.vocabulary()
    hidden = factories.unpublished()
    factories.draft(hidden, "en", factories.document("Hidden"), by=factories.coordinator())
    public = factories.fiche("Public")
    table = rows_of(LIBRARY, [hidden.code_id, public.code_id, "BP-0001", "CF-9999", public.code_id], "en")
    assert [row[0] for row in table.rows] == [public.code_id]


@pytest.mark.parametrize("number", [1, 3])
def test_one_record_asks_the_database_as_often_as_three(number: int, django_assert_num_queries: object) -> None:
    factories.vocabulary()
    codes = [factories.fiche(f"Number {each}").code_id for each in range(number)]
    rows_of(LIBRARY, codes, "en")
    with django_assert_num_queries(10):
        assert len(rows_of(LIBRARY, codes, "en").rows) == number
