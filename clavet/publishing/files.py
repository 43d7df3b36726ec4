"""Files that come in from outside: judged by what they are, not by what they call themselves."""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from clavet.publishing.fields import PICTURE_ENDINGS, ending
from clavet.publishing.models import StoredFile
from clavet.publishing.pictures import tidy

# records.md: at most 20 MB each; PDF, ODF, OOXML, CSV, images.
MAXIMUM_SIZE = 20 * 1024 * 1024
# A packed document may unfold to so much and no more; a bomb unfolds to thousands of times its size.
MAXIMUM_UNPACKED = 200 * 1024 * 1024
MAXIMUM_MEMBERS = 5000
MAXIMUM_PIXELS = 50_000_000

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "csv": "text/csv; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
}
PICTURE_FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP", "gif": "GIF"}
# The member that makes a packed document what it says it is.
OFFICE_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
# Parts in which office programs keep code: macros have no place in a public tool.
MACRO_PARTS = re.compile(r"(^|/)(vbaProject\.bin|Basic/|Scripts/)", re.IGNORECASE)


def safe_name(name: str) -> str:
    """``name`` as a plain file name: no folders, no control or direction signs, at most 120 characters."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/"))
    name = PurePosixPath(name).name
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    stem, _dot, suffix = name.rpartition(".") if "." in name else (name, "", "")
    stem = re.sub(r"^\W+", "", re.sub(r"[^\w .()–-]+", "_", stem).strip(" ._-")) or "file"
    return f"{stem[: 119 - len(suffix)]}.{suffix.lower()}" if suffix else stem[:120]


def store(stream: IO[bytes], name: str) -> StoredFile:
    """Check the content of ``stream``, which calls itself ``name``, and keep it. The same content is kept once.

    ``ValidationError`` says why a file is refused: too large, of a kind that we do not take, or not what it says.
    """
    content = stream.read(MAXIMUM_SIZE + 1)
    if len(content) > MAXIMUM_SIZE:
        raise ValidationError(_("This file is larger than 20 MB."))
    if not content:
        raise ValidationError(_("This file is empty."))
    kind = ending(safe_name(name))
    if kind not in CONTENT_TYPES:
        raise ValidationError(
            _("Files of this kind are not accepted. Please use PDF, ODF, Office Open XML, CSV or an image.")
        )
    check(content, kind)
    if kind in PICTURE_ENDINGS:
        content = tidied(content, kind)
    digest = hashlib.sha256(content).hexdigest()
    stored = StoredFile.objects.filter(pk=digest).first()
    if stored is None:
        stored = StoredFile(pk=digest, size=len(content), content_type=CONTENT_TYPES[kind])
        stored.content.save("content", ContentFile(content), save=False)
        stored.save()
    return stored


def check(content: bytes, kind: str) -> None:
    """Refuse ``content`` that is not of ``kind``."""
    if kind == "csv":
        check_csv(content)
    elif kind in PICTURE_ENDINGS:
        check_picture(content, kind)
    elif kind == "pdf":
        if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:] or is_something_else(content):
            raise mismatch()
    else:
        check_packed(content, kind)


def mismatch() -> ValidationError:
    """The content is not what the name says."""
    return ValidationError(_("The content of this file does not match its name."))


def is_something_else(content: bytes) -> bool:
    """Whether a file that begins as a PDF is also a packed archive: made to be taken for two things."""
    return b"PK\x03\x04" in content[:4096] or zipfile.is_zipfile(BytesIO(content))


def check_csv(content: bytes) -> None:
    """Text in UTF-8, without NUL, that does not begin as a page or program."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("Please save this CSV file as UTF-8.")) from error
    if "\x00" in text or text.lstrip()[:1] == "<" or text[:2] == "MZ":
        raise mismatch()


def check_picture(content: bytes, kind: str) -> None:
    """A picture that can be opened, of the format that its name says, not absurdly large."""
    try:
        with Image.open(BytesIO(content), formats=[PICTURE_FORMATS[kind]]) as picture:
            if picture.width * picture.height > MAXIMUM_PIXELS:
                raise ValidationError(_("This picture has too many pixels."))
            picture.verify()
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_("This picture has too many pixels.")) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise mismatch() from error


def tidied(content: bytes, kind: str) -> bytes:
    """A checked picture without what is not the picture; ``ValidationError`` for one that cannot be read whole."""
    try:
        return tidy(content, PICTURE_FORMATS[kind])
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise mismatch() from error


def check_packed(content: bytes, kind: str) -> None:
    """A packed document with the part that makes it one, without macros, that does not unfold without end."""
    if not content.startswith(b"PK\x03\x04"):
        raise mismatch()
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MAXIMUM_MEMBERS or sum(member.file_size for member in members) > MAXIMUM_UNPACKED:
                raise ValidationError(_("This file unfolds to too much."))
            names = {member.filename for member in members}
            if any(MACRO_PARTS.search(name) for name in names):
                raise ValidationError(_("This file contains macros. Please save it without."))
            if kind in OFFICE_PARTS:
                right = OFFICE_PARTS[kind] in names
            else:
                declared = archive.read("mimetype", None)[:100] if "mimetype" in names else b""
                right = declared.decode("ascii", "replace").strip() == CONTENT_TYPES[kind]
    except ValidationError:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError, OSError) as error:
        raise mismatch() from error
    if not right:
        raise mismatch()
