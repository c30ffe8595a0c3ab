import io

import pytest
from PIL import Image

from contest.media.facts import Facts, UnreadableMediaError
from contest.media.pictures import copy, encode, facts, readable
from tests.media import making


def content(size=(300, 200), mode="RGB", form="PNG", **options) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size).save(file, form, **options)
    return file.getvalue()


def encoded(path, source: bytes) -> Image.Image:
    assert encode(readable(source), path)
    return Image.open(path)


@pytest.mark.parametrize(
    ("size", "kept"),
    [((2000, 2000), (2000, 2000)), ((2001, 10), (2000, 10)), ((10, 4000), (5, 2000)), ((1, 1), (1, 1))],
)
def test_a_picture_is_no_larger_than_needed(tmp_path, size, kept):
    with encoded(tmp_path / "a.webp", content(size)) as image:
        assert (image.format, image.size) == ("WEBP", kept)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK", "I;16", "LA"])
def test_every_kind_of_colour_is_shown(tmp_path, mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    with encoded(tmp_path / "a.webp", content(mode=mode, form=form)) as image:
        assert image.size == (300, 200)


def test_a_photo_is_upright_and_names_nobody(tmp_path):
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, making.AUTHOR
    notes = {"exif": exif, "icc_profile": making.SCHOOL.encode(), "xmp": making.TITLE.encode()}
    with encoded(tmp_path / "a.webp", content(form="JPEG", **notes)) as image:
        assert image.size == (200, 300)
    written = (tmp_path / "a.webp").read_bytes()
    assert not any(secret.encode() in written for secret in making.SECRETS)


@pytest.mark.parametrize("source", [b"", b"rubbish", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%!PS-Adobe-3.0"])
def test_other_forms_are_not_opened(source):
    assert readable(source) is None


def test_half_a_picture_is_told(tmp_path):
    noise = Image.effect_noise((300, 200), 60)
    file = io.BytesIO()
    noise.save(file, "PNG")
    assert encode(readable(file.getvalue()[:5000]), tmp_path / "a.webp") is False


def test_a_picture_alone_is_copied_upright(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    (tmp_path / "a.jpg").write_bytes(content(form="JPEG", exif=exif))
    assert facts(tmp_path / "a.jpg", "image/jpeg") == Facts("picture", "image/jpeg", width=200, height=300)
    piece = copy(tmp_path / "a.jpg", tmp_path)
    assert (piece.mime, facts(piece.path, piece.mime).width) == ("image/webp", 200)


def test_half_a_picture_is_refused(tmp_path):
    (tmp_path / "a.png").write_bytes(content(size=(900, 900))[:60])
    with pytest.raises(UnreadableMediaError):
        copy(tmp_path / "a.png", tmp_path)
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\nrubbish")
    with pytest.raises(UnreadableMediaError):
        facts(tmp_path / "b.png", "image/png")
