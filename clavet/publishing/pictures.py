"""Pictures that come in: made as small as a page needs, and rid of all that is not the picture.

What cameras write into files (where, when, with what, by whom) is personal data, and what lies behind the end of a
picture is no picture: both go. A picture that holds neither stays as it is, to the byte.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

# The longer side in pixels; a page shows a picture at 1,120 at the most, twice as fine on good screens.
LONGEST_SIDE = 2240
QUALITY = 85

# What the libraries say of a picture that is needed to show it; anything else was put there to be read.
HARMLESS = {
    "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "adobe", "adobe_transform", "progressive",
    "progression", "gamma", "srgb", "chromaticity", "transparency", "interlace", "loop", "duration", "background",
    "version", "extension", "timestamp", "icc_profile", "default_image", "disposal", "blend",
}  # fmt: skip
ENDS = {"JPEG": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82", "GIF": b"\x3b"}
# Segments of a JPEG that belong to the picture: JFIF, the colour profile, Adobe's colour transform.
SEGMENTS = {"APP0", "APP2", "APP14"}


def tidy(content: bytes, format_name: str) -> bytes:
    """The picture in ``content``, which was checked, without metadata and no larger than a page needs."""
    with Image.open(BytesIO(content), formats=[format_name]) as picture:
        if max(picture.size) <= LONGEST_SIDE and is_bare(picture, content):
            return content
        return encode(picture)


def is_bare(picture: Image.Image, content: bytes) -> bool:
    """Whether the file holds the picture and nothing else."""
    segments = {name for name, _data in getattr(picture, "applist", ())}
    says_nothing = set(picture.info) <= HARMLESS and segments <= SEGMENTS and not picture.getexif()
    return says_nothing and content.endswith(ENDS.get(picture.format or "", b""))


def encode(picture: Image.Image) -> bytes:
    """The picture written anew: upright, at most ``LONGEST_SIDE`` long, with its colours and nothing more."""
    options: dict[str, Any] = {"icc_profile": picture.info.get("icc_profile")}
    format_name = picture.format or "PNG"
    if getattr(picture, "n_frames", 1) > 1:
        # Moving pictures are rarely photographs; they keep their size, and each frame is written anew.
        options |= {
            "save_all": True,
            "duration": picture.info.get("duration", 100),
            "loop": picture.info.get("loop", 0),
        }
        made = picture
    else:
        made = ImageOps.exif_transpose(picture)
        made.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        made.info = {key: value for key, value in made.info.items() if key == "transparency"}
    if format_name in ("JPEG", "WEBP"):
        options["quality"] = QUALITY
    if format_name == "JPEG" and made.mode not in ("RGB", "L", "CMYK"):
        made = made.convert("RGB")
    if format_name == "GIF":
        options = {**options, "comment": b""}
        del options["icc_profile"]
    else:
        options["exif"] = b""
    stream = BytesIO()
    made.save(stream, format_name, **options)
    return stream.getvalue()
