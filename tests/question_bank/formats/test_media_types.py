import pytest

from question_bank.formats.media_types import find_media_type


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"GIF89a", "gif"),
        (b"RIFF\n\x00\x00\x00WEBPVP8 ", "webp"),
        (b"RIFF\n\x00\x00\x00WAVEfmt ", "wav"),
        (b"BM\x00\x00", "bmp"),
        (b"\x00\x00\x00 ftypM4A ", "m4a"),
        (b"OggS\x00", "ogg"),
        (b"fLaC\x00", "flac"),
        (b"ID3\x04", "mp3"),
        (b"\xff\xfb\x90", "mp3"),
    ],
)
def test_a_file_is_known_by_how_it_begins(content, extension):
    found = find_media_type(content)
    assert found is not None
    assert found.extension == extension


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"RIFF\n\x00\x00\x00AVI ", b"\x89PN", b"MZ\x90"])
def test_what_no_page_shows_has_no_type(content):
    assert find_media_type(content) is None
