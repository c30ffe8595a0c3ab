from pathlib import Path

import pytest

from question_bank.formats import FORMATS, UnusableFile, format_of


@pytest.mark.parametrize(("name", "extension"), [("a.json", ".json"), ("B.XLSX", ".xlsx"), (Path("c/d.xlsx"), ".xlsx")])
def test_a_format_is_found_by_the_name_of_the_file(name, extension):
    assert format_of(name) is FORMATS[extension]


@pytest.mark.parametrize("name", ["a.xls", "a.odt", "xlsx", ""])
def test_other_files_are_refused_with_what_would_do(name):
    with pytest.raises(UnusableFile) as raised:
        format_of(name)
    assert raised.value.code == "format_unknown"
    assert ".json, .xlsx, .gift, .aiken, .csv" in raised.value.sentence()


TWICE = "<answer fraction='100'><text>x</text></answer><answer fraction='0'><text>x</text></answer>"


def moodle(name, answers):
    text = f"<questiontext><text>{name}</text></questiontext>"
    return (
        f"<question type='multichoice'><name><text>{name}</text></name>{text}<single>true</single>{answers}</question>"
    )


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        (".gift", "::1::Một?{=x ~x}\n\n::2::Hai?{=x"),
        (".aiken", "Một?\nA. x\nB. x\nANSWER: A\n\nHai?\nA. x\nB. y\n"),
        (".xml", f"<quiz>{moodle('Một', TWICE)}{moodle('Hai', TWICE.replace('100', 'nhiều'))}</quiz>"),
        (
            ".csv",
            (
                "Mã câu;Loại câu;Câu hỏi;Phương án A;Phương án B;Đáp án;Chủ đề;Độ khó;Nguồn\n"
                "1;Một đáp án;Một?;x;x;A;Chung;1;Sách\n2;Một đáp án;Hai?;x;y;A;Chung;nhiều;Sách\n"
            ),
        ),
        (
            ".json",
            (
                '{"format": "question-bank/1", "questions": [{"code": "1", "kind": "single", "text": "Một?", "key": "z",'
                ' "topic": "t", "difficulty": 1, "source": "s"}, {"code": "2", "kind": 5}]}'
            ),
        ),
    ],
)
def test_what_is_found_later_of_an_earlier_question_is_told_first(extension, content):
    rows = [fault.row for fault in FORMATS[extension].read_questions(content.encode()).faults]
    assert len(set(rows)) == 2
    assert rows == sorted(rows)
