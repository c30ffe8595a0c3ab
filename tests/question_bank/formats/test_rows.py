"""Every reader says which question a fault is about, so that the others of its file can be taken over."""

import json
from io import BytesIO

import pytest

from question_bank.formats import FORMATS, Bank, Import
from tests.question_bank.builders import question

GOOD = tuple((code, question(text=f"Câu {code} hỏi điều gì?")) for code in ("A", "B", "C"))


def written(suffix: str) -> bytes:
    stream = BytesIO()
    FORMATS[suffix].write_questions(stream, Bank(GOOD))
    return stream.getvalue()


def codes(found: Import) -> list[str]:
    return [item.code for item in found.good]


def spoilt_json(field: str, value: object) -> bytes:
    bank = json.loads(written(".json"))
    bank["questions"][1][field] = value
    return json.dumps(bank).encode()


@pytest.mark.parametrize(
    ("field", "value"), [("code", 7), ("difficulty", "khó"), ("difficulty", 9), ("source", ""), ("code", "a")]
)
def test_json(field: str, value: object) -> None:
    found = FORMATS[".json"].read_questions(spoilt_json(field, value))
    assert {fault.row for fault in found.faults} == {2}
    assert codes(found) == ["A", "C"]


def test_json_whose_bank_is_wrong_has_no_good_question() -> None:
    bank = json.loads(written(".json")) | {"as_of": "hôm qua"}
    found = FORMATS[".json"].read_questions(json.dumps(bank).encode())
    assert [fault.row for fault in found.faults] == [None]
    assert codes(found) == []


@pytest.mark.parametrize(
    ("old", "new"), [('"Câu B hỏi điều gì?"', '""'), ('"B"', '"A"'), ('"Một đáp án"', '"Hai đáp án"')]
)
def test_a_table(old: str, new: str) -> None:
    head, first, second, third, _end = written(".csv").decode("utf-8-sig").split("\r\n")
    assert old in second
    text = "\r\n".join([head, first, second.replace(old, new, 1), third])
    found = FORMATS[".csv"].read_questions(text.encode())
    assert {fault.row for fault in found.faults} == {3}
    assert codes(found) == ["A", "C"]


def test_a_table_with_a_wrong_title_has_no_good_question() -> None:
    text = written(".csv").decode("utf-8-sig").replace('"Nguồn"', '"Nguồn nào"', 1)
    found = FORMATS[".csv"].read_questions(text.encode())
    assert None in {fault.row for fault in found.faults}
    assert codes(found) == []


GIFT = "::A::Một? {{=a ~b}}\n\n::B::Hai? {}\n\n::C::Ba? {{=a ~b}}\n"


@pytest.mark.parametrize("answers", ["{=a {~b}", "{#x}", "{=a -> }", "{=" + " ~".join("abcdefghijkl") + "}"])
def test_gift(answers: str) -> None:
    found = FORMATS[".gift"].read_questions(GIFT.format(answers).encode())
    assert {fault.row for fault in found.faults} == {3}
    assert codes(found) == ["A", "C"]


AIKEN = "Một?\nA. a\nB. b\nANSWER: A\n\n{}\n\nBa?\nA. a\nB. b\nANSWER: A\n"


@pytest.mark.parametrize(
    "second",
    ["Hai?\nA. a\nB. b\nANSWER:", "Hai?\nA. a\nC. b\nANSWER: A", "Hai?\nA. a\nB. b\nANSWER: C", "Hai?\nANSWER: A"],
)
def test_aiken(second: str) -> None:
    found = FORMATS[".aiken"].read_questions(AIKEN.format(second).encode())
    assert {fault.row for fault in found.faults} == {6}
    assert [item.question.text for item in found.good] == ["Một?", "Ba?"]


@pytest.mark.parametrize("suffix", [".json", ".csv"])
def test_letters_in_two_forms_are_told_and_become_one(suffix: str) -> None:
    content = written(suffix).replace("Câu B hỏi điều gì?".encode(), "Câu B ho\u0309i điê\u0300u gì?".encode())
    found = FORMATS[suffix].read_questions(content)
    assert [guess.code for guess in found.guesses] == ["letters_mixed"]
    assert found.questions[1].question.text == "Câu B hỏi điều gì?"
