"""Files that are no tables, or hostile ones: each gets a reason, none brings the reader down."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given, settings, strategies as st

from clavet.tables import limits
from clavet.tables.findings import TableRefused
from clavet.tables.reading import read_table
from clavet.tables.table import Table, column_letters, guarded, unguarded
from clavet.tables.writing import to_csv, to_xlsx

pytestmark = pytest.mark.once

SHEET = "xl/worksheets/sheet1.xml"
TABLE = Table(["name", "year"], [["Torino", 2021], ["Trento", None]])


def read(content: bytes, name: str = "a.csv", most_rows: int = 100) -> Table:
    return read_table(content, name, most_rows=most_rows)


def why(content: bytes, name: str = "a.csv", most_rows: int = 100) -> str:
    with pytest.raises(TableRefused) as caught:
        read(content, name, most_rows)
    return str(caught.value)


def reason(content: bytes, name: str) -> str:
    """Why a file is refused; nothing where it is read."""
    try:
        table = read(content, name)
    except TableRefused as refusal:
        return str(refusal) or "no reason given"
    assert all(len(row) == len(table.headings) for row in table.rows)
    return ""


def workbook(fill: object) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        fill(book)  # type: ignore[operator]
    return stream.getvalue()


def with_part(name: str, part: bytes, content: bytes = b"") -> bytes:
    """A workbook with one of its parts replaced."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content or to_xlsx(TABLE))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            new.writestr(member, part if member == name else old.read(member))
    return stream.getvalue()


def sheet(rows: str) -> bytes:
    """A workbook whose sheet holds exactly these rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return with_part(SHEET, f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode())


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_stands_between_cells_and_how_letters_are_written_is_found_out(delimiter: str, encoding: str) -> None:
    text = f'Own name{delimiter}note\r\n"Δήμος {delimiter} ""Α"""{delimiter}"two\r\nlines"\r\n\r\nİzmir{delimiter}\r\n'
    table = read(text.encode(encoding))
    assert table.headings == ["own_name", "note"]
    assert [row[0] for row in table.rows] == [f'Δήμος {delimiter} "Α"', "İzmir"]
    assert list(table.numbers) == [2, 4]


def test_a_delimiter_that_is_declared_counts() -> None:
    table = read(b"sep=;\r\na,b;c\r\n1;2\r\n")
    assert (table.headings, list(table.rows), list(table.numbers)) == (["a,b", "c"], [["1", "2"]], [3])


@pytest.mark.parametrize("make", [to_csv, to_xlsx])
def test_what_is_written_is_read_again(make: object) -> None:
    cells = ["=1+1", "'=1", "''-a", "'plain", "-1.5", "+39 011", "@x", "a;b", 'say "x"', "two\nlines", "ἄ ș ı"]
    table = Table(["first", *(f"h{number}" for number in range(len(cells)))], [["x", *cells]])
    name = "a.csv" if make is to_csv else "a.xlsx"
    assert list(read(make(table), name).rows[0][1:]) == cells  # type: ignore[operator]


@given(st.text(alphabet="'=+-@\t\r\n1.a", max_size=6))
@settings(max_examples=200, deadline=None)
def test_a_guard_is_taken_off_again_and_leaves_nothing_that_runs(text: str) -> None:
    safe = guarded(text)
    assert unguarded(safe) == text
    assert not safe.startswith(("=", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.csv"),
        (b"\xef\xbb\xbf \r\n , \r\n", "a.csv"),
        (b"name,year\n", "a.csv"),
        (b"name\nx\n", "a.pdf"),
        (b"name\nx\n", "a"),
        (b"name\nx\n", "a.xlsx"),
        (b"PK\x03\x04", "a.xlsx"),
        (b"PK\x03\x04", "a.csv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xlsx"),
        (b"%PDF-1.7", "a.csv"),
        (b"<html>", "a.csv"),
        (b"name\n\xe4\xf6\xfc\n", "a.csv"),
        (b"\xff\xfea", "a.csv"),
        (b'name,year\n"x,1\n', "a.csv"),
        (b'name,year\n"x"y,1\n', "a.csv"),
        (b"name,year\nx\x00,1\n", "a.csv"),
        (b"na\x00me,year\nx,1\n", "a.csv"),
        (b"name,name\nx,1\n", "a.csv"),
        (b"name,\nx,1\n", "a.csv"),
        (b"name\nx,1\n", "a.csv"),
        (b"," * 100_000 + b"\nx\n", "a.csv"),
        (b"name\n" + b"x\n" * 101, "a.csv"),
        (b"x" * (10 * 1024 * 1024 + 1), "a.csv"),
        (to_xlsx(TABLE)[:-100], "a.xlsx"),
        (to_xlsx(TABLE)[:500], "a.xlsx"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content: bytes, name: str) -> None:
    assert why(content, name)


def test_a_reason_names_row_and_column() -> None:
    assert why(b"name,year\nx\x00,1\n") == "Row 2, column A (name): This text holds characters that cannot be shown."
    assert why(b"name\n\xe4\n").startswith("Row 2: ")
    assert why(b"name,year,name\nx,1,y\n") == "Row 1, column C (name): This heading stands twice."


def test_a_package_that_unfolds_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_UNPACKED", 5 * limits.MEGABYTE)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            archive.writestr(name, "<a/>")
        with archive.open(SHEET, "w", force_zip64=True) as member:
            for _megabyte in range(6):
                member.write(b" " * 1024 * 1024)
    assert len(stream.getvalue()) < limits.MEGABYTE // 100
    assert "unfolds" in why(stream.getvalue(), "a.xlsx")


def test_a_package_that_lies_about_its_size_is_refused() -> None:
    content = with_part(SHEET, b"<a>" + b" " * 5_000_000)
    wrong = content.replace((5_000_003).to_bytes(4, "little"), (300).to_bytes(4, "little"))
    assert wrong != content
    crc = zlib.crc32(b"<a>" + b" " * 5_000_000).to_bytes(4, "little")
    assert why(wrong.replace(crc, zlib.crc32(b"<a>" + b" " * 297).to_bytes(4, "little")), "a.xlsx")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r = \'ALL1048576\'><v>1</v></c></row>',
        '<row r="1"><c r="ZZZZZZ9"><v>1</v></c></row>',
        '<row r="1"><c r="A99999999999999999999"><v>1</v></c></row>',
        '<row r="1048575"><c r="ALL1"/></row><row/><row><c/></row>',
        "<row>" + "<c/>" * 100_000 + "</row>",
    ],
)
def test_one_cell_far_away_makes_no_rectangle_without_end(rows: str) -> None:
    assert "too" in why(sheet(rows), "a.xlsx")


def test_entities_do_not_unfold() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    for part in (f"{bomb}<sst><si><t>&b;</t></si></sst>".encode(), "<sst/>".encode("utf-16")):
        content = with_part("xl/sharedStrings.xml", part)
        assert reason(content, "a.xlsx") != "no reason given"


@pytest.mark.parametrize("name", ["[Content_Types].xml", "xl/workbook.xml", SHEET, "xl/styles.xml"])
def test_a_broken_part_is_refused_or_passed_over(name: str) -> None:
    for part in (b"", b"<", b"not XML", b"<a/>"):
        assert reason(with_part(name, part), "a.xlsx") != "no reason given"


def test_formulas_and_merged_cells_are_named() -> None:
    def formulas(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, ["name", "year"])
        page.write_row(1, 0, ["x", 1])
        page.write_formula(2, 1, "=B2+1", None, 2)
        page.write_string(2, 0, "y")

    def merged(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, ["name", "year"])
        page.merge_range("A2:B2", "both")

    assert why(workbook(formulas), "a.xlsx").startswith("Row 3, column B (year): This cell holds a formula.")
    assert why(workbook(merged), "a.xlsx").startswith("Row 2, column A: Cells are merged here.")


def test_days_and_numbers_are_read_as_a_person_would_write_them() -> None:
    import datetime

    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("hidden")
        page.hide()
        page.write_row(0, 0, ["nothing", "of", "this"])
        page = book.add_worksheet()
        page.activate()
        page.write_row(0, 0, ["Day", "Number", "Figure", "Yes"])
        page.write_datetime(1, 0, datetime.datetime(2026, 3, 1), book.add_format({"num_format": "dd/mm/yy"}))  # noqa: DTZ001
        page.write_row(1, 1, [12.0, 0.1, True])

    table = read(workbook(fill), "a.xlsx")
    assert list(zip(table.headings, table.rows[0], strict=True)) == [
        ("day", "2026-03-01"), ("number", "12"), ("figure", "0.1"), ("yes", "true"),
    ]  # fmt: skip


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx"]))
@settings(max_examples=60, deadline=None)
def test_any_bytes_become_a_table_or_a_reason(content: bytes, name: str) -> None:
    for each in (content, b"PK\x03\x04" + content, b"name,year\n" + content):
        assert reason(each, name) != "no reason given"


def test_columns_are_called_as_spreadsheets_call_them() -> None:
    assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
