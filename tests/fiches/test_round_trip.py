"""Out into a file and back in: the same to the byte, with all versions, or nothing at all."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from clavet.publishing import lifecycle
from clavet.publishing.actors import OPERATOR
from clavet.publishing.models import (
    Code,
    CodeCounter,
    LogEntry,
    Revision,
    StoredFile,
    Translation,
    Version,
)
from fiches.models import Fiche
from tests import factories

pytestmark = pytest.mark.django_db


def a_bit_of_everything() -> None:
    """Fiches in every state that an export knows."""
    factories.vocabulary()
    long_ago = factories.long_ago
    texts = {
        "indicator.i1.name": "Places",
        "indicator.i1.unit": "per year",
        "step.t1.text": "Ask",
        "time_needed": "A day",
        "who_takes_part": "Schools",
        "attachment.a1.title": "Form",
        "attachment.a2.title": "The bus",
        "attachment.a2.alternative_text": "A bus before a school",
    }
    rows = {
        "indicators": [
            factories.indicator("i1"),
        ],
        "steps": [{"id": "t1"}],
        "sources": [factories.source("s1"), factories.source("s2", year=None, link="", language="")],
        "attachments": [
            factories.attachment("a1", factories.docx(), "form.docx"),
            factories.attachment("a2", factories.png(), "bus.png", "el"),
        ],
    }
    tool = factories.fiche(
        "Tool", kind="policy_tool", texts=texts, **rows, translations=("el", "tr"), now=long_ago(300)
    )
    # The second version drops a file and a row, and is translated into one of the two languages only.
    rows["attachments"] = rows["attachments"][:1]
    texts = {key: text for key, text in texts.items() if "a2" not in key} | {"step.t2.text": "Listen"}
    rows["steps"] = [{"id": "t2"}, {"id": "t1"}]
    tool = factories.renew(
        tool, "major", kind="policy_tool", texts=texts, **rows, now=long_ago(200), change_note={"en": "One more step"}
    )
    factories.translate(tool, "el", method="machine_edited", translator="Ά. Μεταφράστρια", now=long_ago(190))
    factories.translate(tool, "it", part="summary", method="machine", now=long_ago(180))

    late = factories.fiche("Late", source_language="el", translations=("en",), now=long_ago(120), review_months=6)
    factories.renew(late, "medium", now=long_ago(100), compiled_on="2026-01-31", related=[tool.code_id])
    lifecycle.confirm_record(Fiche.objects.get(pk=late.pk), actor=OPERATOR, today=datetime.date(2026, 2, 1))

    private = factories.fiche("Private", translations=("hr",), now=long_ago(90), governance_level="", countries=[])
    factories.renew(private, "editorial", title="Clean", now=long_ago(80))
    factories.translate(private, "hr", now=long_ago(79))
    lifecycle.withhold_version(
        Version.objects.get(code=private.code, number=1), actor=OPERATOR, why="privacy", note="A name"
    )
    lifecycle.archive_record(factories.fiche("Old", now=long_ago(60)), actor=OPERATOR)
    Fiche.objects.filter(code_id=late.code_id).update(is_example=True, is_sample=True)


def flush() -> None:
    """As if nothing had ever been here but the vocabulary."""
    Fiche.objects.all().delete()
    for model in (LogEntry, Revision, Translation, Version, Code, CodeCounter, StoredFile):
        model.objects.all().delete()


def test_exported_imported_into_an_empty_portal_and_exported_again_it_is_the_same_to_the_byte(
    lines: Path, tmp_path: Path
) -> None:
    a_bit_of_everything()
    call_command("export_fiches", lines, verbosity=0)
    flush()
    call_command("import_fiches", lines)
    again = tmp_path / "again.jsonl"
    call_command("export_fiches", again)
    assert again.read_bytes() == lines.read_bytes()
    names = {path.name: path.read_bytes() for path in lines.with_name("fiches.jsonl.files").iterdir()}
    assert names == {path.name: path.read_bytes() for path in again.with_name("again.jsonl.files").iterdir()}


def test_what_comes_back_reads_as_before(lines: Path) -> None:
    a_bit_of_everything()
    wanted = readings()
    call_command("export_fiches", lines)
    flush()
    call_command("import_fiches", lines)
    assert readings() == wanted


def readings() -> dict[str, Any]:
    """What readers get, as far as it does not depend on who did it."""
    return {
        "records": list(
            Fiche.objects.order_by("code_id").values(
                "code_id", "status", "version", "title_en", "title_el", "title_it", "slug_el", "sort_key_tr",
                "topic_order", "related", "published_at", "changed_at", "review_by", "confirmed_on", "compiled_on",
                "is_sample", "is_example", "review_months",
            )
        ),
        "facets": {fiche.code_id: factories.facets_of(fiche) for fiche in Fiche.objects.all()},
        "versions": list(Version.objects.filter(withheld="").order_by("code", "number").values_list(
            "code", "number", "significance", "change_note", "document", "accepted_at"
        )),
        "withheld": list(Version.objects.exclude(withheld="").values_list("code", "number", "withheld", "withheld_on")),
        "translations": list(Translation.objects.filter(is_current=True).order_by("code", "language").values_list(
            "code", "version_number", "language", "part", "method", "translator_name", "document", "accepted_at",
            "outdated_from",
        )),
    }  # fmt: skip


def test_importing_what_is_here_already_changes_nothing(lines: Path) -> None:
    a_bit_of_everything()
    call_command("export_fiches", lines)
    before = lines.read_bytes(), LogEntry.objects.count(), Version.objects.count()
    call_command("import_fiches", lines)
    call_command("export_fiches", lines)
    assert (lines.read_bytes(), LogEntry.objects.count(), Version.objects.count()) == before


def test_a_code_counted_on_after_an_import_is_a_new_one(lines: Path) -> None:
    a_bit_of_everything()
    call_command("export_fiches", lines)
    flush()
    call_command("import_fiches", lines)
    assert factories.fiche("Next").code_id == "CF-0005"


def test_the_state_of_a_translation_is_written_and_never_read(lines: Path) -> None:
    factories.fiche(translations=("el",))
    call_command("export_fiches", lines)
    entry = json.loads(lines.read_text(encoding="utf-8"))
    assert entry["translations"]["el"]["state"] == "published"
    entry["translations"]["el"]["state"] = "outdated"
    flush()
    lines.write_text(json.dumps(entry) + "\n", encoding="utf-8")
    call_command("import_fiches", lines)
    call_command("export_fiches", lines)
    assert json.loads(lines.read_text(encoding="utf-8"))["translations"]["el"]["state"] == "published"


def test_an_export_says_which_texts_a_machine_made(lines: Path) -> None:
    record = factories.fiche()
    factories.translate(record, "tr", method="machine")
    call_command("export_fiches", lines)
    assert json.loads(lines.read_text(encoding="utf-8"))["translations"]["tr"]["method"] == "machine"


def test_a_known_code_makes_a_new_version_and_renews_its_translations(lines: Path) -> None:
    factories.fiche(translations=("el",), now=factories.long_ago())
    call_command("export_fiches", lines)
    entry = json.loads(lines.read_text(encoding="utf-8"))
    entry["title"] = {"en": "A better bus", "el": "Καλύτερο λεωφορείο"}
    entry["significance"] = "major"
    lines.write_text(json.dumps(entry) + "\n", encoding="utf-8")
    call_command("import_fiches", lines)
    record = Fiche.objects.get()
    assert (record.version, record.title_en, record.title_el) == (2, "A better bus", "Καλύτερο λεωφορείο")
    assert Version.objects.get(number=1).document["texts"]["title"] == "A workshop bus"
    current = Translation.objects.current().get()
    assert (current.version_number, current.outdated_from) == (2, None)


def test_an_export_names_no_colleague_and_no_internal_note(lines: Path) -> None:
    a_bit_of_everything()
    call_command("export_fiches", lines)
    text = lines.read_text(encoding="utf-8")
    assert "person" not in text.lower().replace("by a person", "")
    assert "A name" not in text


def test_moments_are_written_with_their_offset(lines: Path) -> None:
    factories.fiche()
    call_command("export_fiches", lines)
    entry = json.loads(lines.read_text(encoding="utf-8"))
    for name in ("accepted_at", "published_at", "changed_at"):
        assert timezone.is_aware(datetime.datetime.fromisoformat(entry[name]))
