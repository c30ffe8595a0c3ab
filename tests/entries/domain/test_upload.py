from base64 import b64encode
from datetime import timedelta

import pytest

from contest.entries.domain.limits import AnswerForm
from contest.entries.domain.upload import HEAD_BYTES, IDLE, expires_at, may_be, read_length, read_metadata, shown_name
from tests.factories import NOW


@pytest.mark.parametrize(
    ("header", "length"),
    [
        (None, None),
        ("", None),
        ("-1", None),
        ("+5", None),
        ("1.5", None),
        ("ba", None),
        ("٣", None),
        ("0", 0),
        ("2147483648", 2**31),
        (str(2**53), 2**53),
        (str(2**53 + 1), None),
        ("9" * 5000, None),
    ],
)
def test_a_length_is_a_plain_number(header: str | None, length: int | None) -> None:
    assert read_length(header) == length


def test_metadata_are_read_with_every_letter() -> None:
    name = b64encode("Kế hoạch đọc sách.mp4".encode()).decode()
    assert read_metadata(f"filename {name}, entry YWJj,flag") == {
        "filename": "Kế hoạch đọc sách.mp4",
        "entry": "abc",
        "flag": "",
    }


@pytest.mark.parametrize("header", ["filename ###", "filename /w==", "filename YWJ"])
def test_metadata_that_are_no_base64_of_text_are_refused(header: str) -> None:
    with pytest.raises(ValueError):
        read_metadata(header)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("bai.mp4", "bai.mp4"),
        ("C:\\Users\\Phương\\bai.mp4", "bai.mp4"),
        ("../../etc/passwd", "passwd"),
        ("a\u202egpj.exe\x00\n", "agpj.exe"),
        ("e\u0302.pdf", "ê.pdf"),
        ("x" * 300 + ".mp4", "x" * 251 + ".mp4"),
    ],
)
def test_a_name_is_shown_without_folders_and_tricks(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_an_upload_ends_after_a_week_or_with_the_round() -> None:
    assert expires_at(NOW, NOW + timedelta(days=30)) == NOW + IDLE
    assert expires_at(NOW, NOW + timedelta(hours=1)) == NOW + timedelta(hours=1)


PROGRAM = b"MZ\x90\x00\x03" + b"\x00" * 500
MP3 = b"\xff\xfb\x90\x00" + b"\x00" * 100
PACKETS = (b"G" + b"\x00" * 187) * 2
CASES = [
    (b"\x00\x00\x00\x18ftypmp42", "clip"),
    (b"\x00\x00\x00\x08wide\x00\x00\x00\x00mdat", "clip"),
    (b"\x1aE\xdf\xa3\x01\x00", "clip"),
    (b"RIFF\x00\x00\x00\x00AVI LIST", "clip"),
    (b"RIFF\x00\x00\x00\x00WAVEfmt ", "clip"),
    (b"ID3\x04", "clip"),
    (b"OggS\x00", "clip"),
    (MP3, "clip"),
    (PACKETS, "clip"),
    ((b"\x00" * 4 + b"G" + b"\x00" * 187) * 2, "clip"),
    (b"%PDF-1.7\n", "document"),
    (b"\n\n%PDF-1.4\n", "document"),
    (b"PK\x03\x04\x14\x00", "document"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "neither"),
    (PROGRAM, "neither"),
    (b"\x7fELF\x02\x01", "neither"),
    (b"#!/bin/sh\nrm", "neither"),
    (b"<html><script>", "neither"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "neither"),
    (b"", "neither"),
    (b"\xff", "neither"),
]


@pytest.mark.parametrize(("head", "kind"), CASES)
def test_the_first_bytes_give_programs_and_archives_away(head: bytes, kind: str) -> None:
    assert may_be(AnswerForm.VIDEO, head[:HEAD_BYTES]) is (kind == "clip")
    assert may_be(AnswerForm.AUDIO, head[:HEAD_BYTES]) is (kind == "clip")
    assert may_be(AnswerForm.DOCUMENT, head[:HEAD_BYTES]) is (kind == "document")
