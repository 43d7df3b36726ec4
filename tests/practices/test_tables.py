"""Practices and fiches as tables: a row for each language, all of them or none."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.translation import override

from clavet.publishing import documents, workflow
from clavet.publishing.actors import OPERATOR
from clavet.publishing.models import LogEntry, Revision, Translation, Version
from clavet.tables.findings import TableRefused
from clavet.tables.importing import dry_run, import_table
from clavet.tables.kinds import KINDS
from clavet.tables.models import Upload
from clavet.tables.table import Table
from clavet.tables.writing import to_csv, to_xlsx
from fiches.models import Fiche
from practices.models import Case, Practice
from tests import factories

pytestmark = pytest.mark.django_db


def sheet(*rows: dict[str, Any]) -> bytes:
    """A CSV file with the columns that the rows name."""
    headings = list(dict.fromkeys(name for row in rows for name in row))
    return to_csv(Table(headings, [[row.get(name, "") for name in headings] for row in rows]))


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def practice(owner: str, **changes: Any) -> dict[str, Any]:
    """A row of a compiled practice as somebody types it."""
    texts = {spec.name: f"What is said of {spec.name}." for spec in Practice.shape.texts}
    return {
        "record": "new-1",
        "language": "it",
        **texts,
        "title": "Officina mobile",
        "authority": owner,
        "place_name": "Esempio",
        "period_from": "2023-09-01",
        "topics": "apprenticeships; guidance",
        "phases": "Implementation",
        "sectors": "initial_vet",
        "target_groups": "apprentices;pupils",
        "countries": "Italy; GR",
        "budget_amount": "12000",
        "outcome": "partly",
        "unknown": "people; funding_sources; months_to_results; evaluation; contact",
        "compiled_on": "2026-03-01",
        "source_1_type": "report",
        "source_1_title": "Relazione",
        "source_1_publisher": "Comune",
        "source_2_type": "law",
        "source_2_title": "Legge",
        "source_2_publisher": "Stato",
        "indicator_1_name": "Presenze",
        "indicator_1_after": "12.50",
        **changes,
    }


@pytest.fixture
def owner() -> str:
    factories.vocabulary()
    return factories.authority().code_id


def take(kind: str, content: bytes, name: str = "a.csv", **options: Any) -> Any:
    return import_table(KINDS[kind], content, name, actor=OPERATOR, **options)


def refusal(kind: str, content: bytes, **options: Any) -> dict[tuple[int, str], str]:
    with pytest.raises(TableRefused) as caught:
        take(kind, content, **options)
    return {(each.row, each.column): each.why for each in caught.value.findings}


def test_a_row_becomes_a_practice_with_its_translation_in_the_next(owner: str) -> None:
    english = {"record": "new-1", "language": "en", "title": "A bus", "summary": "In short."}
    plan = take("practices", sheet(practice(owner), english))
    assert (plan.new, plan.changed, plan.unchanged) == (1, 0, 0)
    made = Practice.objects.get()
    assert (made.status, made.source_language, made.title_it, made.title_en) == (
        "published", "it", "Officina mobile", "A bus",
    )  # fmt: skip
    assert made.topic_order == ["apprenticeships", "guidance"]
    assert (made.phases, made.countries, made.period_from) == (["implementation"], ["GR", "IT"], "2023-09")
    assert made.compiled_on.isoformat() == "2026-03-01"
    assert list(made.sources.values_list("title", flat=True)) == ["Relazione", "Legge"]
    assert (made.indicators.get().name_it, made.indicators.get().after) == ("Presenze", "12.50")
    assert Translation.objects.get().part == "summary"
    assert not Case.objects.exists()
    assert LogEntry.objects.filter(action="imported", by_operator=True).exists()


def test_findings_name_row_and_column_in_the_readers_language(owner: str) -> None:
    plain = {"phases": "implementation", "countries": "IT"}
    rows = [
        practice(owner, summary="x" * 401, sources="", **plain) | {"colour": ""},
        practice("AU-0999", record="new-2", outcome="fine", indicator_1_after="many", **plain),
        {"record": "new-2", "language": "en", "title": "t" * 101, "outcome": "partly"},
        {"record": "", "language": "en"},
        {"record": "new-3", "language": "de"},
        {"record": "CF-0001", "language": "en"},
        {"record": "new-1", "language": "it"},
    ]
    assert set(refusal("practices", sheet(*rows))) == {(1, "sources"), (1, "colour")}
    rows = [{name: cell for name, cell in row.items() if name not in ("sources", "colour")} for row in rows]
    with override("it"):
        found = refusal("practices", sheet(*rows))
    assert {
        (2, "summary"), (3, "authority"), (3, "outcome"), (3, "indicator_1_after"), (4, "outcome"), (5, "record"),
        (6, "language"), (7, "record"), (8, "language"),
    } <= set(found)  # fmt: skip
    assert "too long" not in found[2, "summary"]
    assert not Practice.objects.exists()
    assert not Revision.objects.exists()


def test_what_is_exported_and_imported_again_changes_nothing(owner: str) -> None:
    take("practices", sheet(practice(owner), {"record": "new-1", "language": "el", "title": "=Α", "summary": "-β"}))
    factories.fiche(
        "=A bus",
        translations=("el", "tr"),
        indicators=[factories.indicator("i7")],
        attachments=[factories.attachment("a1", factories.pdf("x"), "form.pdf")],
        texts={"indicator.i7.name": "Places", "attachment.a1.title": "Form"},
    )
    renewed = factories.fiche("Old", translations=("el",))
    factories.renew(renewed)
    before = Version.objects.count(), Revision.objects.count(), LogEntry.objects.count()
    for kind, number in (("practices", 1), ("fiches", 2)):
        table = KINDS[kind].everything()
        for content, name in ((to_csv(table), "a.csv"), (to_xlsx(table), "a.xlsx")):
            plan = take(kind, content, name)
            assert (plan.new, plan.changed, plan.unchanged) == (0, 0, number), name
    assert (Version.objects.count(), Revision.objects.count(), LogEntry.objects.count()) == before


def test_a_known_code_makes_a_new_version_and_what_has_no_column_stays(owner: str) -> None:
    record = factories.fiche(
        "A bus",
        translations=("el",),
        indicators=[factories.indicator("i7")],
        attachments=[factories.attachment("a1", factories.pdf("x"), "form.pdf")],
        texts={"indicator.i7.name": "Places", "attachment.a1.title": "Form"},
    )
    before = documents.source_document(Fiche.objects.get())
    row = {"record": record.code_id, "language": "en", "title": "A better bus", "significance": "editorial"}
    plan = take("fiches", sheet(row))
    assert (plan.new, plan.changed) == (0, 1)
    after = documents.source_document(Fiche.objects.get())
    assert after["texts"].pop("title") == "A better bus"
    before["texts"].pop("title")
    assert after == before
    assert Version.objects.get(number=2).significance == "editorial"
    assert Translation.objects.get(language="el").version_number == 1
    assert "lavet" not in refusal("fiches", sheet({"record": record.code_id, "language": "el", "title": "Α"}))


def test_a_text_that_somebody_is_working_on_is_left_alone(owner: str) -> None:
    record = factories.fiche("A bus")
    workflow.open_revision(record, "en", actor=factories.coordinator())
    found = refusal("fiches", sheet({"record": record.code_id, "language": "en", "title": "Another"}))
    assert list(found) == [(2, "record")]


def test_commands_take_and_give_tables(owner: str, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(sheet(practice(owner)))
    call_command("import_practices", path, "--dry-run")
    assert not Practice.objects.exists()
    call_command("import_practices", path)
    for name in ("all.csv", "all.xlsx", "all.jsonl"):
        call_command("export_practices", tmp_path / name)
    call_command("import_practices", tmp_path / "all.xlsx")
    assert "0 new, 0 changed, 1 as they were" in capsys.readouterr().out
    (row,) = read((tmp_path / "all.csv").read_bytes())
    assert row["topics"] == "apprenticeships; guidance"
    path.write_bytes(sheet(practice(owner, outcome="fine")))
    with pytest.raises(CommandError, match=r"Row 2, column \w+ \(outcome\)"):
        call_command("import_practices", path)


# ---------------------------------------------------------------- the admin


def send(user: Any, kind: str, content: bytes) -> tuple[Client, str]:
    client = Client()
    client.force_login(user)
    file = BytesIO(content)
    file.name = "a.csv"
    return client, client.post("/admin/tables/upload/add/", {"kind": kind, "file": file})["Location"]


def test_another_coordinator_imports_what_one_has_sent_in(owner: str) -> None:
    first, second = factories.coordinator(language="en"), factories.coordinator(language="en")
    client, address = send(first, "practices", sheet(practice(owner)))
    assert 'type="submit" class="default"' not in client.get(address).content.decode()
    client.post(address)
    assert not Practice.objects.exists()
    client.force_login(second)
    assert 'type="submit" class="default"' in client.get(address).content.decode()
    client.post(address)
    assert Practice.objects.get().status == "published"
    assert Upload.objects.get().done_by == second
    assert LogEntry.objects.get(action="imported").actor == second


def test_an_authoritys_own_practice_does_not_pass_its_case_by_in_a_table(owner: str) -> None:
    told = practice(owner, compiled_on="", unknown="", funding_sources="own", evaluation="internal", contact="1")
    told |= {"people": "1", "months_to_results": "3", "budget_period": "yearly"}
    client, address = send(factories.coordinator(language="en"), "practices", sheet(told))
    page = client.get(address)
    assert [(each.row, each.column) for each in page.context["findings"]] == [(2, "compiled_on")]
    client.force_login(factories.coordinator())
    client.post(address)
    assert not Practice.objects.exists()
    # Nor by saying later that it was compiled.
    take("practices", sheet(told))
    code = Practice.objects.get().code_id
    changed = {"record": code, "language": "it", "title": "Altro", "compiled_on": "2026-01-01"}
    assert (2, "compiled_on") in refusal("practices", sheet(changed), compiled_only=True)


def test_templates_explain_every_column(owner: str) -> None:
    for kind in KINDS.values():
        for language in ("en", "el"):
            with override(language):
                names = [column.name for column in kind.columns()]
                assert len(names) == len(set(names))
                assert all(column.label for column in kind.columns())
        with pytest.raises(TableRefused, match=r"nothing below|Nothing"):
            dry_run(kind, to_xlsx(Table(names, [])), "a.xlsx")
