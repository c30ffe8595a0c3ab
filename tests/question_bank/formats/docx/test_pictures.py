import io

import pytest
from PIL import Image

from question_bank.formats.docx.pictures import picture_of


def encoded(sort, **options):
    stream = io.BytesIO()
    Image.new("RGB", (321, 123), "red").save(stream, sort, **options)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("sort", "options", "extension"),
    [
        ("PNG", {}, "png"),
        ("GIF", {}, "gif"),
        ("JPEG", {}, "jpeg"),
        ("JPEG", {"progressive": True}, "jpeg"),
        ("JPEG", {"exif": Image.Exif(), "icc_profile": b"x" * 500}, "jpeg"),
        ("WEBP", {}, "webp"),
        ("WEBP", {"lossless": True}, "webp"),
        ("WEBP", {"exif": b"Exif\0\0x"}, "webp"),
    ],
)
def test_a_picture_is_known_with_its_size(sort, options, extension):
    assert picture_of(encoded(sort, **options)) == (extension, 321, 123)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xd7\xcd\xc6\x9a" + bytes(100),
        encoded("BMP"),
        encoded("TIFF"),
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0\xff\xff",
        b"\xff\xd8" + b"\xff\xd0" * 9,
        b"RIFF0000WEBPVP8 ",
        *(encoded(sort)[:15] for sort in ("PNG", "JPEG", "WEBP")),
        encoded("GIF")[:8],
    ],
)
def test_what_pages_cannot_show_is_none(content):
    assert picture_of(content) is None
