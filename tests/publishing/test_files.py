"""Files from outside: judged by what they are, not by what they call themselves."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from clavet.publishing import fields, files
from clavet.publishing.models import StoredFile
from tests import factories

pytestmark = pytest.mark.django_db


def picture(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (3, 2), "teal").save(stream, kind)
    return stream.getvalue()


def giant_png(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00")) + chunk(b"IEND", b"")


def bomb() -> bytes:
    """A small archive that unfolds to 300 MB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<document/>")
        with archive.open("word/big.xml", "w", force_zip64=True) as member:
            for _turn in range(300):
                member.write(b"\x00" * 1024 * 1024)
    return stream.getvalue()


def lying_bomb() -> bytes:
    """An archive with more members than anybody needs."""
    return factories.packed({"word/document.xml": b"", **{f"word/{n}.xml": b"" for n in range(5001)}})


def refused(content: bytes, name: str) -> str:
    with pytest.raises(ValidationError) as refusal:
        factories.stored(content, name)
    assert not StoredFile.objects.exists()
    return " ".join(refusal.value.messages)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("form.pdf", factories.pdf()),
        ("form.docx", factories.docx()),
        ("form.odt", factories.odt()),
        ("table.xlsx", factories.packed({"xl/workbook.xml": b"<workbook/>"})),
        ("table.csv", "place,number\nΒόλος,3\n".encode()),
        ("table.CSV", b"\xef\xbb\xbfa,b\n1,2\n"),
        ("bus.png", picture("PNG")),
        ("bus.JPG", picture("JPEG")),
        ("bus.webp", picture("WEBP")),
        ("bus.gif", picture("GIF")),
    ],
)
def test_what_records_may_carry_is_kept_under_its_digest(name: str, content: bytes) -> None:
    stored = factories.stored(content, name)
    assert stored.pk == hashlib.sha256(content).hexdigest()
    assert stored.size == len(content)
    with stored.content.open("rb") as stream:
        assert stream.read() == content


def test_the_same_content_is_kept_once_whatever_its_names() -> None:
    assert factories.stored(factories.pdf(), "one.pdf") == factories.stored(factories.pdf(), "two.pdf")
    assert StoredFile.objects.count() == 1


def test_no_name_that_somebody_chose_stands_in_the_path_of_a_file() -> None:
    stored = factories.stored(factories.pdf("Only here"), "../../etc/passwd.pdf")
    assert stored.content.name == f"files/{stored.pk[:2]}/{stored.pk}"


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\x00" + b"\x00" * 200


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", SVG),
        ("drawing.png", SVG),
        ("drawing.csv", SVG),
        ("page.html", b"<!doctype html><script>alert(1)</script>"),
        ("page.csv", b"  <html><script>alert(1)</script>"),
        ("page.pdf", b"<html>%PDF-1.7 %%EOF</html>"),
        ("program.exe", EXE),
        ("program.pdf", EXE),
        ("program.csv", EXE),
        ("program.docx", EXE),
        ("script.js", b"alert(1)"),
        ("archive.zip", factories.packed({"a": b"b"})),
        ("archive.docx", factories.packed({"a": b"b"})),
        ("archive.odt", factories.packed({"mimetype": b"application/zip"})),
        ("text.docx", factories.odt()),
        ("text.odt", factories.docx()),
        ("text.pdf", factories.docx()),
        ("picture.png", picture("GIF")),
        ("picture.jpg", picture("PNG")),
        ("picture.png", picture("PNG")[:40]),
        ("cut.pdf", factories.pdf()[:-8]),
        ("latin.csv", "Čakovec".encode("utf-16")),
        ("nul.csv", b"a,b\x00"),
        ("noending", factories.pdf()),
        ("pdf", factories.pdf()),
        ("", factories.pdf()),
        ("form.pdf.exe", factories.pdf()),
        ("empty.pdf", b""),
        ("empty.csv", b""),
    ],
)
def test_what_is_not_what_it_says_or_not_what_we_take_is_refused(name: str, content: bytes) -> None:
    assert refused(content, name)


@pytest.mark.parametrize("padding", [0, 5000, 100_000], ids=["near", "behind 5 KB", "behind 100 KB"])
def test_a_file_that_is_both_a_pdf_and_an_archive_is_refused(padding: int) -> None:
    archive = factories.packed({"evil.js": b"alert(1)"})
    assert refused(b"%PDF-1.7\n" + b"% padding\n" * (padding // 10) + archive + b"\n%%EOF", "both.pdf")
    assert refused(factories.pdf() + b" " * padding + archive + b"%%EOF", "both.pdf")


def test_an_archive_with_a_program_before_it_is_refused() -> None:
    assert refused(EXE + factories.docx(), "setup.docx")


def test_a_document_that_unfolds_without_end_is_refused() -> None:
    content = bomb()
    assert len(content) < files.MAXIMUM_SIZE
    assert "unfolds" in refused(content, "bomb.docx")
    assert "unfolds" in refused(lying_bomb(), "many.docx")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("form.docx", factories.docx(**{"word/vbaProject.bin": b"x"})),
        ("form.docx", factories.docx(**{"word/VBAPROJECT.BIN": b"x"})),
        ("form.odt", factories.odt(**{"Basic/Standard/Module1.xml": b"x"})),
        ("form.odt", factories.odt(**{"Scripts/python/evil.py": b"x"})),
    ],
)
def test_a_document_with_macros_is_refused(name: str, content: bytes) -> None:
    assert "macros" in refused(content, name)


@pytest.mark.parametrize(("width", "height"), [(50_000, 50_000), (10_000, 9_500), (7_100, 7_100)])
def test_a_picture_of_absurd_size_is_refused_before_it_is_unpacked(width: int, height: int) -> None:
    assert refused(giant_png(width, height), "giant.png")


def test_a_file_of_20_mb_is_kept_and_one_byte_more_is_refused() -> None:
    lines = b"a,b\n" * (files.MAXIMUM_SIZE // 4)
    assert "20 MB" in refused(lines + b"c", "table.csv")
    assert factories.stored(lines, "table.csv").size == 20 * 1024 * 1024


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("report.pdf", "report.pdf"),
        ("Αναφορά 2024.pdf", "Αναφορά 2024.pdf"),
        ("/etc/passwd/report.PDF", "report.pdf"),
        ("C:\\temp\\report.pdf", "report.pdf"),
        ("../../report.pdf", "report.pdf"),
        ("re\u202eport\u200b.pdf", "report.pdf"),
        ("re\x00po\nrt.pdf", "report.pdf"),
        (".pdf", "file.pdf"),
        ("<script>.pdf", "script.pdf"),
        ("a;b|c.pdf", "a_b_c.pdf"),
        ("(final).pdf", "final).pdf"),
    ],
)
def test_a_name_loses_folders_and_signs_that_mislead(given: str, expected: str) -> None:
    assert files.safe_name(given) == expected


@pytest.mark.parametrize(
    "given",
    [
        "(final).pdf",
        "–.pdf",
        "a" * 300 + ".pdf",
        "💥.docx",
        "…csv.csv",
        "_x_.png",
        ")(.odt",
        "\u0301a.pdf",
        "1 (2).pdf",
    ],
)
def test_every_name_that_we_make_is_one_that_we_take(given: str) -> None:
    name = files.safe_name(given)
    assert len(name) <= 120
    assert fields.FileNameField().clean(name) == name


@pytest.mark.parametrize(
    "name",
    ["../x.pdf", "a/b.pdf", "a\\b.pdf", "a\nb.pdf", "a\u202eb.pdf", 'a".pdf', ".htaccess", "x", "x.", "a\x00.pdf"],
)
def test_a_name_with_folders_or_misleading_signs_is_not_taken_into_a_record(name: str) -> None:
    with pytest.raises(ValidationError):
        fields.FileNameField().clean(name)
