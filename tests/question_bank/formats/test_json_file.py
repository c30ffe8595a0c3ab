import io
import json
from datetime import date

import pytest

from question_bank.formats import json_file
from question_bank.formats.base import MOST_QUESTIONS, Bank, Fault, UnusableFile
from question_bank.formats.json_file import read_questions, write_questions
from question_bank.question import to_content
from tests.question_bank.builders import question

ITEM = {"code": "CDS-001"} | to_content(question())


def encoded(*items, **changes):
    bank = {"format": "question-bank/1", "title": "Tuần 1", "as_of": "2026-11-22", "questions": list(items)}
    return json.dumps(bank | changes).encode()


def faults_of(*items, **changes):
    return [(fault.cell, fault.code) for fault in read_questions(encoded(*items, **changes)).faults]


@pytest.mark.parametrize("count", [1, 3])
def test_a_bank_reads_back_equal(count):
    kinds = ["single", "multiple", "true_false"][:count]
    entries = tuple((f"Q{i}", question(kind, text=f"Câu {i}?", points=500 + i)) for i, kind in enumerate(kinds))
    stream = io.BytesIO()
    write_questions(stream, Bank(entries, "Tuần 1", date(2026, 11, 22)))
    found = read_questions(stream.getvalue())
    assert found.faults == ()
    assert (found.title, found.as_of) == ("Tuần 1", date(2026, 11, 22))
    assert tuple((parsed.code, parsed.question) for parsed in found.questions) == entries
    assert [parsed.row for parsed in found.questions] == list(range(1, count + 1))


def test_what_has_a_usual_value_may_be_left_out():
    short = {"code": "1", "kind": "true_false", "text": "x", "key": True, "topic": "t", "difficulty": 1, "source": "s"}
    content = b"\xef\xbb\xbf" + json.dumps({"format": "question-bank/1", "questions": [short]}).encode()
    found = read_questions(content)
    assert (found.faults, found.title, found.as_of) == ((), "", None)
    assert (found.questions[0].question.points, found.questions[0].question.lock_order) == (1000, False)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"key": "z"}, ("questions.0.key", "key_unknown")),
        ({"text": 5}, ("questions.0.text", "wrong_type")),
        ({"options": [{"id": "a", "text": "x"}]}, ("questions.0.options", "options_few")),
        ({"options": [{"id": "a"}]}, ("questions.0.options.0.text", "field_missing")),
        ({"right": "b"}, ("questions.0.right", "field_unknown")),
        ({"code": ""}, ("questions.0.code", "code_missing")),
        ({"code": 5}, ("questions.0.code", "wrong_type")),
        ({"kind": "riddle"}, ("questions.0.kind", "kind_unknown")),
    ],
)
def test_each_fault_names_its_place(changes, expected):
    assert expected in faults_of(ITEM | changes)


def test_repeats_name_the_first():
    found = read_questions(encoded(ITEM, ITEM))
    assert found.faults == (
        Fault("questions.1.code", "code_repeated", {"value": "CDS-001", "other": "questions.0.code"}, 2),
        Fault("questions.1.text", "question_repeated", {"other": "questions.0.text"}, 2),
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"as_of": "22/11/2026"}, ("as_of", "date_wrong")),
        ({"as_of": 5}, ("as_of", "date_wrong")),
        ({"title": 5}, ("title", "wrong_type")),
        ({"questions": {}}, ("questions", "wrong_type")),
        ({"questions": []}, ("questions", "no_questions")),
        ({"questions": [5]}, ("questions.0", "not_object")),
        ({"author": "x"}, ("author", "field_unknown")),
    ],
)
def test_faults_of_the_bank(changes, expected):
    assert faults_of(ITEM, **changes) == [expected]


@pytest.mark.parametrize(("count", "codes"), [(MOST_QUESTIONS, set()), (MOST_QUESTIONS + 1, {"too_many_questions"})])
def test_at_most_5000_questions(count, codes):
    items = [ITEM | {"code": str(i), "text": f"Câu {i}?"} for i in range(count)]
    assert {code for _, code in faults_of(*items)} == codes


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff\xfe", "not_json"),
        (b'{"format": NaN}', "not_json"),
        (b'{"format": "question-bank/1", "format": "question-bank/1"}', "not_json"),
        (b"[" * 100_000, "not_json"),
        (b'{"format": ' + b"9" * 10_000 + b"}", "not_json"),
        (b"[]", "not_bank"),
        (b"{}", "not_bank"),
        (b'{"format": "question-bank/2", "questions": []}', "not_bank"),
        (bytes(20_000_001), "file_large"),
    ],
)
def test_what_is_no_bank_is_refused(content, code):
    with pytest.raises(UnusableFile) as raised:
        read_questions(content)
    assert raised.value.code == code
    assert raised.value.sentence("vi") != raised.value.sentence("en")


@pytest.mark.parametrize(
    ("values", "code"), [(json_file.MOST_VALUES, "not_bank"), (json_file.MOST_VALUES + 1, "values_many")]
)
def test_more_values_than_any_bank_needs_are_not_even_parsed(values, code):
    with pytest.raises(UnusableFile) as refused:
        read_questions(b"[" + b"0," * (values - 1) + b"0]")
    assert refused.value.code == code
