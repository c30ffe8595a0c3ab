"""What is refused of packed files, whatever they hold; the tests of workbooks, documents and packages try it in theirs."""

import zipfile
from io import BytesIO

import pytest

from question_bank.formats import archive
from question_bank.formats.archive import repacked, unpacked
from question_bank.formats.base import UnusableFile

REFUSAL = "not_qti"


def everything(_name: str) -> bool:
    return True


def code_of(content: bytes) -> str:
    with pytest.raises(UnusableFile) as refused:
        unpacked(content, everything, REFUSAL)
    return refused.value.code


def test_parts_come_out_as_they_went_in() -> None:
    parts = {"a.xml": b"<a/>", "media/hình.png": b"\x00\x01"}
    assert unpacked(repacked(parts).getvalue(), everything, REFUSAL) == parts


@pytest.mark.parametrize("name", ["/etc/passwd", "../a.xml", "a/../../b.xml", "..\\a.xml", "C:\\a.xml"])
def test_names_that_lead_outside_are_refused(name: str) -> None:
    assert code_of(repacked({name: b"x"}).getvalue()) == REFUSAL


@pytest.mark.parametrize(("size", "is_refused"), [(1_000_000, False), (1_000_001, True)])
def test_what_unpacks_to_more_than_its_bound_is_refused(
    size: int, is_refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED_MB", 1)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("a.xml", b"0" * size)
    if is_refused:
        assert code_of(stream.getvalue()) == "unpacks_large"
    else:
        assert len(unpacked(stream.getvalue(), everything, REFUSAL)["a.xml"]) == size


def test_a_size_that_lies_is_no_way_around_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED_MB", 1)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("a.xml", b"0" * 2_000_000)
    size = (2_000_000).to_bytes(4, "little")
    assert code_of(stream.getvalue().replace(size, (9).to_bytes(4, "little"))) == REFUSAL


def test_what_is_no_zip_is_refused() -> None:
    assert code_of(b"PK\x03\x04 and nothing else") == REFUSAL
