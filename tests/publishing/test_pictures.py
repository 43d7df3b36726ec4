"""Pictures lose what cameras write into them, and are no larger than a page needs."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from clavet.publishing.models import StoredFile
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "Nikon of Mrs Example, 45.07 N 7.68 E"


def photograph(kind: str, size: tuple[int, int] = (60, 40), *, orientation: int = 1) -> bytes:
    """A picture with a camera's notes in it."""
    picture = Image.new("RGB", size, "teal")
    exif = picture.getexif()
    exif[0x010F], exif[0x0112] = SECRET, orientation
    stream = io.BytesIO()
    picture.save(stream, kind, exif=exif)
    return stream.getvalue()


def content_of(stored: StoredFile) -> bytes:
    with stored.content.open("rb") as stream:
        return stream.read()


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_what_a_camera_wrote_into_a_picture_is_not_kept(kind: str, name: str) -> None:
    content = photograph(kind)
    assert SECRET.encode() in content
    kept = content_of(factories.stored(content, name))
    assert SECRET.encode() not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, picture.size) == (kind, (60, 40))
        assert not picture.getexif()


def test_a_comment_in_a_gif_goes() -> None:
    stream = io.BytesIO()
    Image.new("P", (4, 4)).save(stream, "GIF", comment=SECRET.encode())
    assert SECRET.encode() not in content_of(factories.stored(stream.getvalue(), "a.gif"))


def test_a_picture_that_lies_on_its_side_stands_up() -> None:
    kept = content_of(factories.stored(photograph("JPEG", orientation=6), "a.jpg"))
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (40, 60)


def test_a_large_picture_is_made_smaller() -> None:
    kept = content_of(factories.stored(photograph("JPEG", (5000, 1000)), "a.jpg"))
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (2240, 448)


def test_a_picture_with_an_archive_behind_it_loses_the_archive() -> None:
    both = factories.png() + factories.packed({"evil.html": b"<script>"})
    kept = content_of(factories.stored(both, "a.png"))
    assert b"evil.html" not in kept


def test_a_picture_that_holds_nothing_else_stays_the_same_to_the_byte() -> None:
    plain = factories.png()
    assert content_of(factories.stored(plain, "a.png")) == plain
    once = content_of(factories.stored(photograph("JPEG"), "a.jpg"))
    assert content_of(factories.stored(once, "b.jpg")) == once


def test_a_picture_that_breaks_off_is_refused() -> None:
    with pytest.raises(ValidationError):
        factories.stored(photograph("JPEG", (800, 600))[:600], "a.jpg")
