import zipfile

import pytest
from PIL import Image

from contest.media.facts import PDF, WORD, UnreadableMediaError
from contest.media.forms import Clip, form_of
from tests.media import making

MOVIE = b"\x00\x00\x00\x20ftyp"


@pytest.fixture
def form(tmp_path):
    """The form of a file with this content, whatever it is called."""

    def of(content: bytes):
        path = tmp_path / "clip.mp4"
        path.write_bytes(content)
        return form_of(path)

    return of


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (MOVIE + b"isom", Clip("mov", "mp4")),
        (MOVIE + b"qt  ", Clip("mov", "quicktime")),
        (MOVIE + b"3gp4", Clip("mov", "3gpp")),
        (MOVIE + b"M4A ", Clip("mov", "mp4")),
        (b"\x00\x00\x00\x08wide\x00\x00\x00\x08mdat", Clip("mov", "quicktime")),
        (b"\x1aE\xdf\xa3\x01\x00\x00\x00\x42\x82\x84webm", Clip("matroska", "webm")),
        (b"\x1aE\xdf\xa3\x01\x00\x00\x00\x42\x82\x88matroska", Clip("matroska", "x-matroska")),
        (b"RIFF\x00\x00\x00\x00AVI ", Clip("avi", "x-msvideo")),
        (b"RIFF\x00\x00\x00\x00WAVE", Clip("wav", "wav")),
        (b"\x00\x00\x01\xba", Clip("mpeg", "mpeg")),
        ((b"G" + b"\x00" * 187) * 4, Clip("mpegts", "mp2t")),
        ((b"\x00" * 4 + b"G" + b"\x00" * 187) * 4, Clip("mpegts", "mp2t")),
        (b"ID3\x04", Clip("mp3", "mpeg")),
        (b"\xff\xfb\x90\x00", Clip("mp3", "mpeg")),
        (b"\xff\xf1\x50\x80", Clip("aac", "aac")),
        (b"OggS", Clip("ogg", "ogg")),
        (b"fLaC", Clip("flac", "flac")),
        (b"#!AMR\n", Clip("amr", "amr")),
        (b"%PDF-1.7\n", PDF),
    ],
)
def test_a_form_is_told_by_content(form, content, expected):
    assert form(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + b"\x00" * 300,
        b"\x7fELF" + b"\x00" * 300,
        "Bài của em, viết trong một tệp chữ.".encode(),
        "﻿Bài".encode("utf-16"),
        b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        MOVIE + b"heic",
        MOVIE + b"avif",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"GIF89a",
        b"\xff",
        b"G",
        b"x",
    ],
)
def test_everything_else_is_no_clip_and_no_document(form, content):
    found = form(content)
    assert isinstance(found, str)
    assert found not in {PDF, WORD}


def test_an_empty_file_is_unreadable(form):
    with pytest.raises(UnreadableMediaError) as caught:
        form(b"")
    assert caught.value.code == "unreadable"


def test_a_document_of_word_and_other_archives(form, tmp_path):
    document = making.document(tmp_path / "a.bin").read_bytes()
    assert form(document) == WORD
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    assert form((tmp_path / "b.zip").read_bytes()) == "application/zip"
    with pytest.raises(UnreadableMediaError) as caught:
        form(document[: len(document) // 2])
    assert caught.value.code == "truncated"


def test_a_document_with_a_password_says_so(form):
    with pytest.raises(UnreadableMediaError) as caught:
        form(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 5000 + "EncryptedPackage".encode("utf-16-le"))
    assert caught.value.code == "encrypted"


def test_a_picture_is_named_as_one(tmp_path):
    Image.new("RGB", (8, 8)).save(tmp_path / "clip.mp4", "PNG")
    assert form_of(tmp_path / "clip.mp4") == "image/png"
