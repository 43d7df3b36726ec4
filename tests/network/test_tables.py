"""Authorities as tables: looked through cell by cell, then all of them or none."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from clavet.publishing.actors import OPERATOR
from clavet.publishing.models import Code
from clavet.tables.findings import TableRefused
from clavet.tables.importing import dry_run, import_table
from clavet.tables.models import Upload
from clavet.tables.table import Table
from clavet.tables.uploads import forget_old
from clavet.tables.writing import to_csv, to_xlsx
from network.models import Authority
from network.tables import KIND, NAMES, everything
from tests import factories

pytestmark = pytest.mark.django_db


def sheet(*rows: dict[str, Any]) -> bytes:
    """A CSV file with the columns that the rows name."""
    headings = list(dict.fromkeys(name for row in rows for name in row))
    return to_csv(Table(headings, [[row.get(name, "") for name in headings] for row in rows]))


def town(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "code": "",
        "own_name": f"Comune {number}",
        "own_language": "it",
        "kind": "municipality",
        "country": "IT",
        "nuts": "ITC11",
        "lau": f"{number:06d}",
        "population": 1000 + number,
        "latitude": "45.07",
        "longitude": "7.6869",
        "website": f"https://example.org/{number}",
        **changes,
    }


def take(content: bytes, name: str = "towns.csv") -> Any:
    return import_table(KIND, content, name, actor=OPERATOR)


def refusal(content: bytes, name: str = "towns.csv") -> list[tuple[int, str, str]]:
    """The findings; what stands must be as it was."""
    before = list(Authority.objects.values()), Code.objects.count(), Authority.history.count()
    with pytest.raises(TableRefused) as caught:
        take(content, name)
    assert (list(Authority.objects.values()), Code.objects.count(), Authority.history.count()) == before
    return [(each.row, each.column, each.why) for each in caught.value.findings]


def test_errors_in_thirty_of_five_hundred_rows_are_found_and_nothing_is_imported() -> None:
    wrong = [
        {"country": "XX"}, {"nuts": "FR101"}, {"population": "many"}, {"latitude": "95"}, {"website": "ftp://a.b"},
        {"kind": "town"}, {"own_name": ""}, {"own_language": "italiano"}, {"longitude": ""}, {"lau": "0 1"},
    ] * 3  # fmt: skip
    rows = [town(number) for number in range(500)]
    for place, changes in enumerate(wrong):
        rows[place * 16] |= changes
    expected = [(place * 16 + 2, next(iter(changes))) for place, changes in enumerate(wrong)]
    with override("it"):
        found = refusal(sheet(*rows))
    assert [(row, column) for row, column, _why in found] == expected
    assert found[5][2] == "Scegli un'opzione valida. town non è tra quelle disponibili."
    plan = take(sheet(*(town(number) for number in range(500))))
    assert (plan.new, plan.changed, plan.unchanged) == (500, 0, 0)
    assert Authority.objects.count() == Authority.history.count() == 500
    made = Authority.objects.get(lau="000007")
    assert (made.own_name, made.population, str(made.latitude), made.status) == ("Comune 7", 1007, "45.0700", "listed")
    assert made.history.get().history_type == "+"


def test_what_is_exported_and_imported_again_changes_nothing() -> None:
    factories.authority("=Comune", other_name_en="@Town", population=5, latitude="45.1", longitude="-7.2", lau="0012")
    factories.authority('Δήμος; "Δοκιμή"', country="GR", own_language="el", facts_source="'=x\nand more")
    before = list(Authority.objects.order_by("pk").values()), Authority.history.count()
    for content, name in ((to_csv(everything()), "a.csv"), (to_xlsx(everything()), "a.xlsx")):
        plan = take(content, name)
        assert (plan.new, plan.changed, plan.unchanged) == (0, 0, 2), name
    assert (list(Authority.objects.order_by("pk").values()), Authority.history.count()) == before
    written = to_csv(everything()).decode("utf-8-sig")
    assert "'=Comune" in written
    assert ",-7.2000," in written


def test_a_known_authority_is_updated_by_its_code_or_its_lau_code_and_keeps_what_has_no_column() -> None:
    one = factories.authority("Uno", lau="001", population=10, website="https://example.org/")
    two = factories.authority("Due", lau="002")
    plan = take(sheet({"code": one.code_id, "own_name": "Uno!"}, {"code": two.code_id, "own_name": "Due"}))
    assert (plan.new, plan.changed, plan.unchanged) == (0, 1, 1)
    plan = take(sheet(town(2, lau="002", population="", own_name="Due")))
    assert (plan.new, plan.changed) == (0, 1)
    one.refresh_from_db()
    assert (one.own_name, one.population, one.website) == ("Uno!", 10, "https://example.org/")
    assert one.history.first().history_type == "~"
    assert one.history.first().history_change_reason == "table"
    assert Authority.objects.get(pk=two.pk).status == Authority.Status.MEMBER


def test_a_school_in_a_place_is_not_taken_for_its_municipality() -> None:
    town_hall = factories.authority("Comune", lau="003", kind="municipality")
    plan = take(sheet(town(1, lau="003", kind="university"), town(2, lau="003", population=7)))
    assert (plan.new, plan.changed) == (1, 1)
    town_hall.refresh_from_db()
    assert town_hall.population == 7


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([town(1), town(1, own_name="Another")], (3, "lau")),
        ([{"code": "AU-0001", "own_name": "A"}, {"code": "AU-0001", "own_name": "B"}], (3, "code")),
        ([town(1, code="CF-0001")], (2, "code")),
        ([town(1, code="AU-99999999")], (2, "code")),
        ([{"code": "AU-0777", "own_name": "A"}], (2, "country")),
        ([town(1, lau="", own_name="Uno")], (2, "own_name")),
        ([town(1, lau="003", kind="")], (2, "lau")),
        ([{"own_name": "A"}], (1, "country")),
        ([town(1, colour="red")], (1, "colour")),
    ],
)
def test_what_cannot_be_told_apart_or_is_not_known_is_a_finding(rows: list[dict], place: tuple[int, str]) -> None:
    factories.authority("Uno")
    factories.authority("Due", lau="003", kind="municipality")
    factories.authority("Tre", lau="003", kind="university")
    assert place in {(row, column) for row, column, _why in refusal(sheet(*rows))}


def test_values_may_be_given_by_their_names_in_the_readers_language() -> None:
    with override("it"):
        take(sheet(town(1, kind="Comune", country="italia")))
    made = Authority.objects.get()
    assert (made.kind, made.country.code) == ("municipality", "IT")


def test_codes_from_elsewhere_are_kept_and_later_ones_count_on() -> None:
    take(sheet(town(1, code="AU-0100"), town(2)))
    assert sorted(Authority.objects.values_list("code_id", flat=True)) == ["AU-0100", "AU-0101"]


def test_the_command_tells_what_it_would_do_and_what_it_did(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "towns.csv"
    path.write_bytes(sheet(town(1), town(2)))
    call_command("import_authorities", path, "--dry-run")
    assert not Authority.objects.exists()
    assert "2 would be new" in capsys.readouterr().out
    call_command("import_authorities", path)
    assert Authority.objects.count() == 2
    path.write_bytes(sheet(town(3, country="XX")))
    with pytest.raises(CommandError, match=r"Riga 2|Row 2"):
        call_command("import_authorities", path)
    for name in ("all.csv", "all.xlsx"):
        call_command("export_authorities", tmp_path / name)
        call_command("import_authorities", tmp_path / name)
    assert "2 as they were" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("export_authorities", tmp_path / "all.pdf")


# ---------------------------------------------------------------- the admin


def sent(client: Client, content: bytes, name: str = "towns.csv", kind: str = "authorities") -> Any:
    file = BytesIO(content)
    file.name = name
    return client.post("/admin/tables/upload/add/", {"kind": kind, "file": file})


def test_a_coordinator_sends_in_looks_and_imports(client: Client) -> None:
    client.force_login(factories.coordinator(language="en"))
    page = client.get(sent(client, sheet(town(1), town(2)))["Location"])
    assert not Authority.objects.exists()
    upload = Upload.objects.get()
    assert page.context["plan"].new == 2
    answer = client.post(f"/admin/tables/upload/{upload.pk}/change/", follow=True)
    assert answer.status_code == 200
    assert Authority.objects.count() == 2
    upload.refresh_from_db()
    assert (upload.new, bytes(upload.content), upload.done_by) == (2, b"", upload.uploaded_by)
    assert Authority.history.first().history_user == upload.done_by
    # The button pressed twice imports once.
    client.post(f"/admin/tables/upload/{upload.pk}/change/", follow=True)
    assert Authority.objects.count() == 2


def test_findings_are_shown_and_keep_the_button_away(client: Client) -> None:
    client.force_login(factories.coordinator(language="en"))
    address = sent(client, sheet(town(1), town(2, population="many")))["Location"]
    page = client.get(address).content.decode()
    assert "<td>3</td><td>H (population)</td>" in page
    assert 'type="submit" class="default"' not in page
    client.post(address)
    assert not Authority.objects.exists()
    assert "<td>–</td>" in sent(client, b"PK", "towns.xlsx").content.decode()


def test_nobody_but_coordinators_gets_there() -> None:
    upload = Upload.objects.create(
        kind="authorities", name="a.csv", content=sheet(town(1)), uploaded_at="2026-01-01T00:00Z"
    )
    for user in (factories.superuser(), factories.administrator(), factories.person()):
        client = Client()
        client.force_login(user)
        for address in (
            "/admin/tables/upload/",
            "/admin/tables/upload/add/",
            f"/admin/tables/upload/{upload.pk}/change/",
            "/admin/tables/upload/template/authorities.xlsx",
            "/admin/tables/upload/all/authorities.csv",
        ):
            assert client.get(address).status_code in (302, 403), (user, address)
            assert client.post(address).status_code in (302, 403), (user, address)
    assert not Authority.objects.exists()


def test_the_template_explains_its_columns_and_all_there_is_can_be_taken(client: Client) -> None:
    factories.authority("Uno", lau="1")
    client.force_login(factories.coordinator(language="en"))
    answer = client.get("/admin/tables/upload/template/authorities.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    assert book.get_sheet_by_index(0).to_python() == [list(NAMES)]
    notes = book.get_sheet_by_index(1).to_python()
    assert [row[0] for row in notes[1:]] == list(NAMES)
    answer = client.get("/admin/tables/upload/all/authorities.csv")
    assert next(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))["own_name"] == "Uno"
    assert client.get("/admin/tables/upload/all/nothing.csv").status_code == 404
    assert client.get("/admin/tables/upload/all/authorities.pdf").status_code == 404


def test_the_list_of_tables_asks_as_often_for_one_as_for_three(client: Client, django_assert_num_queries: Any) -> None:
    client.force_login(factories.coordinator())
    for _number in range(3):
        Upload.objects.create(kind="authorities", name="a.csv", content=b"x", uploaded_at="2026-01-01T00:00Z")
        client.get("/admin/tables/upload/")
        with django_assert_num_queries(8):
            client.get("/admin/tables/upload/")


def test_tables_that_nobody_imports_go(client: Client) -> None:
    Upload.objects.create(kind="authorities", name="a.csv", content=b"x", uploaded_at="2026-01-01T00:00Z")
    assert forget_old() == 1


def test_a_dry_run_leaves_nothing_behind() -> None:
    plan = dry_run(KIND, sheet(town(1)), "towns.csv")
    assert (plan.new, plan.findings) == (1, [])
    assert not Authority.objects.exists()
    assert not Code.objects.exists()
