"""Files that people and programs send in: taken whole, or refused with the line, the field and the reason."""

from __future__ import annotations

import contextlib
import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies as st

from clavet.library.importing import ImportRefused, import_lines
from clavet.publishing import lifecycle, workflow
from clavet.publishing.actors import OPERATOR
from clavet.publishing.models import Code, LogEntry, Revision, StoredFile, Translation, Version
from fiches.models import Fiche
from tests import factories

pytestmark = pytest.mark.django_db

MINIMAL = {
    "kind": "lesson_learned",
    "status": "published",
    "source_language": "en",
    "title": {"en": "A lesson"},
    "context": {"en": "What happened", "el": "Τι έγινε"},
}


def entry(heading: str = "A bus", /, **changes: Any) -> dict[str, Any]:
    """A complete line."""
    body = factories.document(heading)
    return {
        "status": "published",
        "source_language": "en",
        **body["neutral"],
        **{name: {"en": text} for name, text in body["texts"].items()},
        "sources": body["children"]["sources"],
        **changes,
    }


def full_entry() -> dict[str, Any]:
    """A line that has every field, with an earlier version."""
    line = entry("A bus")
    for name in [spec.name for spec in Fiche.shape.texts]:
        line[name] = {"en": "Some text", "el": "Κείμενο"}
    old = factories.document("Old bus")
    line |= {
        "code": "CF-0040",
        "version": 2,
        "significance": "medium",
        "change_note": {"en": "Better"},
        "accepted_at": "2026-02-01T10:00:00+00:00",
        "published_at": "2026-01-01T10:00:00+00:00",
        "changed_at": "2026-02-01T10:00:00+00:00",
        "review_by": "2028-01-01",
        "confirmed_on": "2026-03-01",
        "sample": False,
        "example": False,
        "compiled_on": "2026-01-01",
        "review_months": 12,
        "authorities": [],
        "related": [],
        "translations": {
            "el": {
                "version": 2,
                "part": "full",
                "method": "human",
                "translator": "Μ.",
                "state": "published",
                "accepted_at": "2026-02-02T10:00:00+00:00",
            }
        },
        "indicators": [
            factories.indicator("i1", name={"en": "Places", "el": "Θέσεις"}, unit={"en": "a year", "el": "τον χρόνο"})
        ],
        "steps": [{"id": "t1", "text": {"en": "Ask", "el": "Ρωτήστε"}}],
        "attachments": [
            {
                "id": "a1",
                "sha256": factories.stored(factories.docx(), "form.docx").pk,
                "name": "form.docx",
                "language": "en",
                "title": {"en": "Form", "el": "Έντυπο"},
                "alternative_text": {"en": "", "el": ""},
            }
        ],
        "earlier": [
            {
                "number": 1,
                "significance": "major",
                "change_note": {},
                "accepted_at": "2026-01-01T10:00:00+00:00",
                "document": old,
                "translations": {
                    "tr": {
                        "part": "full",
                        "method": "machine",
                        "translator": "",
                        "accepted_at": "2026-01-02T10:00:00+00:00",
                        "document": factories.translated(old, "tr"),
                    }
                },
            }
        ],
    }
    return line


def take(*lines: Any, **options: Any) -> int:
    return import_lines(Fiche, [line if isinstance(line, str) else json.dumps(line) for line in lines], **options)


def refusal(*lines: Any, **options: Any) -> list[tuple[int, str]]:
    """Where the findings are; nothing at all was imported."""
    before = census()
    with pytest.raises(ImportRefused) as refused:
        take(*lines, **options)
    assert census() == before
    assert all(finding.why for finding in refused.value.findings)
    return [(finding.line, finding.field) for finding in refused.value.findings]


def census() -> list[int]:
    return [model.objects.count() for model in (Fiche, Code, Revision, Version, Translation, LogEntry)]


@pytest.fixture(autouse=True)
def _vocabulary(db: None) -> None:
    factories.vocabulary()


# ---------------------------------------------------------------- what is taken


def test_a_line_without_a_code_is_given_one() -> None:
    assert take(entry("First"), entry("Second")) == 2
    assert list(Fiche.objects.order_by("code_id").values_list("code_id", "title_en")) == [
        ("CF-0001", "First"),
        ("CF-0002", "Second"),
    ]


def test_a_line_that_has_everything_is_taken_with_its_earlier_version() -> None:
    assert take(full_entry()) == 1
    record = Fiche.objects.get()
    assert (record.code_id, record.version, record.title_el) == ("CF-0040", 2, "Κείμενο")
    assert Version.objects.get(number=1).document["texts"]["title"] == "Old bus"
    assert record.indicators.get().name_el == "Θέσεις"


def test_in_a_lenient_import_the_line_of_the_design_is_enough(client: Client) -> None:
    assert take(MINIMAL, lenient=True) == 1
    record = Fiche.objects.get()
    assert record.status == "published"
    page = client.get(record.url_in("el"))
    assert page.status_code == 200
    assert "Τι έγινε" in page.content.decode()
    assert '<h1 lang="en">A lesson</h1>' in page.content.decode()
    for path in ("/el/", "/el/fiches/", "/en/fiches/?kind=lesson_learned", "/sitemap.xml", "/en/fiches/feed.atom"):
        assert client.get(path).status_code == 200, path


def test_in_a_lenient_import_every_language_given_counts_as_published() -> None:
    take(
        {**MINIMAL, "summary": {"en": "Short", "it": "Breve"}, "title": {"en": "A lesson", "it": "Una lezione"}},
        lenient=True,
    )
    assert set(Translation.objects.values_list("language", "part")) == {("el", "full"), ("it", "full")}


def test_without_leniency_the_same_line_is_refused_field_by_field() -> None:
    fields = {field for _line, field in refusal(MINIMAL)}
    assert {"topics", "phases", "sectors", "target_groups"} <= fields


def test_a_translation_of_title_and_summary_alone_comes_in_as_such() -> None:
    take(entry("A bus", title={"en": "A bus", "tr": "Otobüs"}, summary={"en": "Short", "tr": "Kısa"}))
    assert Translation.objects.get().part == "summary"


def test_fiches_of_one_file_may_name_each_other() -> None:
    take(entry("First", code="CF-0005", related=["CF-0006"]), entry("Second", code="CF-0006", related=["CF-0005"]))
    assert Fiche.objects.get(code_id="CF-0005").related == ["CF-0006"]


def test_an_attachment_comes_from_the_folder_beside_the_file(tmp_path: Path) -> None:
    content = factories.pdf("From a folder")
    digest = hashlib.sha256(content).hexdigest()
    (tmp_path / digest).write_bytes(content)
    row = {"id": "a1", "sha256": digest, "name": "form.pdf", "language": "en", "title": {"en": "Form"}}
    take(entry(attachments=[row]), folder=tmp_path)
    assert StoredFile.objects.get(pk=digest).size == len(content)


def test_empty_lines_are_passed_over_and_counted() -> None:
    assert take("", json.dumps(entry()), "   ") == 1
    assert refusal("", "{}")[0][0] == 2


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": {"en": ""}}, "title"),
        ({"title": {"en": "x" * 101}}, "title.en"),
        ({"title": "A bus"}, "title"),
        ({"title": {"de": "Ein Bus"}}, "title.de"),
        ({"title": {"en": 5}}, "title.en"),
        ({"kind": "poem"}, "kind"),
        ({"topics": ["unknown"]}, "topics"),
        ({"topics": "vet"}, "topics"),
        ({"countries": ["ZZ"]}, "countries"),
        ({"status": "withdrawn"}, "status"),
        ({"source_language": "de"}, "source_language"),
        ({"colour": "teal"}, "colour"),
        ({"code": "AU-0001"}, "code"),
        ({"code": "12"}, "code"),
        ({"published_at": "yesterday"}, "published_at"),
        ({"published_at": "2026-01-01T10:00:00"}, "published_at"),
        ({"review_by": "2026-02-30"}, "review_by"),
        ({"translations": {"el": {"method": "telepathy"}}}, "translations.el"),
        ({"translations": {"de": {}}}, "translations.de"),
        ({"translations": {"el": {"version": 7}}}, "translations.el.version"),
        ({"significance": "huge"}, "significance"),
        ({"sources": []}, "sources"),
        ({"sources": [factories.source("s1", link="javascript:alert(1)")]}, "source.s1.link"),
        ({"sources": [{**factories.source("s1"), "colour": "teal"}]}, "source.s1.colour"),
        ({"what_did_not_work": {"en": "Nothing."}}, "what_did_not_work.en"),
        ({"title": {"en": "A bus", "el": "Λεωφορείο"}}, "summary.el"),
        ({"indicators": [factories.indicator("i1")]}, "indicator.i1.name"),
        ({"attachments": [{"id": "a1", "sha256": "0" * 64, "name": "a.pdf"}]}, "attachments.a1"),
        ({"attachments": [{"id": "a1", "sha256": "../../etc/passwd", "name": "a.pdf"}]}, "attachments.a1"),
        ({"related": ["CF-9999"]}, "related"),
        ({"earlier": [{"number": 2}]}, "earlier"),
    ],
)  # fmt: skip
def test_one_bad_line_and_nothing_is_imported(changes: dict[str, Any], field: str, tmp_path: Path) -> None:
    found = refusal(entry("Good"), entry("Bad", **changes), entry("Good too"), folder=tmp_path)
    assert {line for line, _field in found} == {2}
    assert field in {name for _line, name in found}, found


def test_the_command_says_line_field_and_reason_and_fails(lines: Path) -> None:
    lines.write_text(json.dumps(entry("Good")) + "\n" + json.dumps(entry("x" * 103)) + "\n", encoding="utf-8")
    with pytest.raises(CommandError) as failure:
        call_command("import_fiches", lines)
    assert "Nothing was imported" in str(failure.value)
    assert "line 2, title.en: This text is 3 characters too long (at most 100)." in str(failure.value)
    assert not Fiche.objects.exists()


def test_every_bad_line_of_a_file_is_named_at_once() -> None:
    found = refusal(entry(kind="poem"), "not JSON", entry("Good"), entry(title={"en": 1}))
    assert {line for line, _field in found} >= {2, 4}


def test_a_code_that_stands_twice_in_a_file_is_refused() -> None:
    assert refusal(entry(code="CF-0007"), entry(code="CF-0007")) == [(2, "code")]


def test_a_fiche_that_somebody_is_working_on_is_not_renewed_behind_her_back() -> None:
    record = factories.fiche()
    workflow.open_revision(record, "en", actor=factories.coordinator())
    assert refusal(entry("New", code=record.code_id)) == [(1, "code")]


def test_a_withdrawn_fiche_does_not_come_back_by_an_import() -> None:
    record = factories.fiche()
    lifecycle.withdraw_record(record, actor=OPERATOR, reason="Rights")
    assert refusal(entry("New", code=record.code_id)) == [(1, "code")]


def test_a_fiche_does_not_change_its_source_language_by_an_import() -> None:
    record = factories.fiche(source_language="el")
    assert (1, "source_language") in refusal(entry("New", code=record.code_id))


def test_a_file_that_is_not_there_is_not_utf_8_or_is_a_folder_is_said_so(lines: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_fiches", lines)
    lines.write_bytes(json.dumps(entry("Čakovec"), ensure_ascii=False).encode("utf-16"))
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("import_fiches", lines)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_fiches", tmp_path)


def test_an_attachment_whose_content_is_not_its_digest_is_refused(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"something else").hexdigest()
    (tmp_path / digest).write_bytes(factories.pdf("Swapped"))
    row = {"id": "a1", "sha256": digest, "name": "form.pdf", "language": "en", "title": {"en": "Form"}}
    assert (1, "attachments.a1") in refusal(entry(attachments=[row]), folder=tmp_path)


# ---------------------------------------------------------------- what nobody sends by mistake

HOSTILE: dict[str, Any] = {
    "null": None,
    "true": True,
    "a number": 7,
    "a huge number": 10**30,
    "a negative number": -1,
    "a fraction": 1.5,
    "a word": "abc",
    "an empty word": "",
    "a long word": "x" * 20_000,
    "NUL": "a\x00b",
    "half a sign": "\ud800",
    "a list": [],
    "a list of lists": [[], [[]]],
    "a list of anything": [None, 7, "x", {}, True],
    "an object": {},
    "an object of anything": {"en": None, "el": 7, "x": [], "id": {}},
    "a language map": {"en": "text"},
    "a list of objects": [{}],
    "a list of rows": [{"id": "a1"}, {"id": "a1"}],
    "a far year": "9999-12-31T23:59:59-14:00",
    "an early year": "0001-01-01",
}


# Texts that are treated as the title is: one of them stands for all.
ALIKE = {spec.name for spec in Fiche.shape.texts} - {"title"}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a line, from the top down."""
    found = [path] if path else []
    if isinstance(value, dict):
        for name, item in value.items():
            found += places(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            found += places(item, (*path, index))
    return found


def without_history(value: Any) -> Any:
    """A line without its earlier version and its translations: taken in much faster."""
    if isinstance(value, dict):
        value = {name: without_history(item) for name, item in value.items() if name not in ("el", "earlier")}
        return value | {"version": 1} if value.get("version") == 2 else value
    return [without_history(item) for item in value] if isinstance(value, list) else value


def replaced(value: Any, path: tuple[Any, ...], by: Any) -> Any:
    result = copy.deepcopy(value)
    target = result
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = by
    return result


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_value_of_the_wrong_kind_anywhere_is_refused_or_taken_and_never_a_crash(kind: str, client: Client) -> None:
    line = {**full_entry(), "code": None}
    short = without_history(line)
    # Places and kinds of value take turns: every place meets every other kind, every kind every other place.
    for number, path in enumerate(places(line)):
        if ALIKE & set(path) or (number + list(HOSTILE).index(kind)) % 2:
            continue
        whole = path[0] in ("earlier", "translations", "version") or "el" in path
        changed = replaced(line if whole else short, path, HOSTILE[kind])
        with contextlib.suppress(ImportRefused):
            take(changed)
    for record in Fiche.objects.order_by("?")[:5]:
        assert client.get(record.url_in("el")).status_code == 200
    assert client.get("/en/fiches/").status_code == 200


@pytest.mark.parametrize("depth", [20, 400, 900, 950, 990, 5000, 100_000])
@pytest.mark.parametrize("place", ["year", "title", "nowhere", "(line)"])
def test_nesting_without_end_is_refused(depth: int, place: str) -> None:
    nested = "[" * depth + "]" * depth
    line = json.dumps(entry(**{place: "HERE"})).replace('"HERE"', nested)
    assert refusal(nested if place == "(line)" else line)


@pytest.mark.parametrize(
    "line",
    [
        "null",
        "[]",
        '"text"',
        "7",
        "{",
        "{}",
        "\ufeff{}",
        '{"title": {"en": "\\ud800"}}',
        '{"a": NaN}',
        '{"a": 1e999}',
        "9" * 10_000,
        '{"source_language": ["en"]}',
        '{"code": {}}',
    ],
)
def test_a_line_that_is_no_fiche_is_refused(line: str) -> None:
    assert refusal(line)


def test_endless_numbers_are_refused_wherever_they_stand() -> None:
    text = json.dumps(entry(review_months="HERE", change_note={"en": "x"}))
    for number in ("1e999", "-1e999", "NaN", "1" + "0" * 400, "1" + "0" * 6000):
        assert refusal(text.replace('"HERE"', number))


def test_nobody_uses_up_the_codes_with_one_line() -> None:
    assert refusal(entry(code="CF-99999999")) == [(1, "code")]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["en", "vet"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["en", "el", "id", "number", "document", "sha256"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
NAMES = sorted(
    {spec.name for spec in (*Fiche.shape.texts, *Fiche.shape.neutral, *Fiche.shape.children)}
    | {
        "code",
        "status",
        "source_language",
        "version",
        "translations",
        "earlier",
        "change_note",
        "accepted_at",
        "sample",
    }
)


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(changes=st.dictionaries(st.sampled_from(NAMES), values, min_size=1, max_size=3), lenient=st.booleans())
def test_no_line_that_anybody_makes_up_crashes_the_import(changes: dict[str, Any], lenient: bool) -> None:
    with contextlib.suppress(ImportRefused):
        take({**entry(), **changes}, lenient=lenient)
