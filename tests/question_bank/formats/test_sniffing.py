from io import BytesIO

import pytest

from question_bank.formats import FORMATS, Bank, UnusableFile, format_of
from tests.question_bank.builders import question

ENTRIES = (("C1", question()), ("C2", question(text="Câu {hai}: chọn đáp án nào?")))
NAMES = ["đề.txt", "ĐỀ.TXT", "đề", "đề.docx.bak", "đề.pdf"]


def written(extension: str) -> bytes:
    stream = BytesIO()
    FORMATS[extension].write_questions(stream, Bank(ENTRIES))
    return stream.getvalue()


@pytest.mark.parametrize("extension", list(FORMATS))
@pytest.mark.parametrize("name", NAMES)
def test_every_format_is_known_by_what_it_holds(extension: str, name: str) -> None:
    assert format_of(name, written(extension)) is FORMATS[extension]


@pytest.mark.parametrize("extension", list(FORMATS))
def test_capitals_in_a_name_do_not_count(extension: str) -> None:
    assert format_of(f"ĐỀ{extension.upper()}") is FORMATS[extension]
    assert format_of(f"ĐỀ{extension.upper()}", written(extension)) is FORMATS[extension]


@pytest.mark.parametrize(("real", "named"), [(".xlsx", ".csv"), (".json", ".gift"), (".json", ".xlsx")])
def test_what_a_package_or_json_holds_counts_more_than_its_name(real: str, named: str) -> None:
    assert format_of(f"đề{named}", written(real)) is FORMATS[real]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1258"])
def test_texts_in_any_encoding(encoding: str) -> None:
    text = "Thu do cua Viet Nam?\r\nA. Hue\r\nB. Ha Noi\r\nANSWER: B\r\n"
    assert format_of("de.txt", text.encode(encoding)) is FORMATS[".aiken"]


def test_only_the_start_of_a_long_text_is_looked_at() -> None:
    text = "Thủ đô là thành phố nào?\nA. Huế\nB. Hà Nội\nANSWER: B\n\n" * 10_000
    assert format_of("de.txt", text.encode()) is FORMATS[".aiken"]


def test_a_text_without_questions_is_told_what_a_text_may_be() -> None:
    with pytest.raises(UnusableFile) as refused:
        format_of("ghi chú.txt", "Chào các bạn.".encode())
    assert refused.value.code == "text_unknown"


@pytest.mark.parametrize("content", [b"", b"MZ\x90\0\0", "Xin chào".encode(), b"PK\x03\x04", b"<html></html>", b"[]"])
def test_what_nobody_knows_is_refused_by_its_name(content: bytes) -> None:
    with pytest.raises(UnusableFile) as refused:
        format_of("đề.exe", content)
    assert (refused.value.code, refused.value.values["value"]) == ("format_unknown", ".exe")
