import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.question import InvalidContent, digest, from_content, to_content
from tests.question_bank.builders import options, question

CONTENT = to_content(question())


@pytest.mark.parametrize("kind", ["single", "multiple", "true_false"])
def test_content_survives_json(kind):
    original = question(kind, tags=("tuần 1",), points=500, lock_order=True)
    assert from_content(json.loads(json.dumps(to_content(original)))) == original


@given(st.text(st.characters(codec="utf-8"), max_size=30), st.integers(1, 5))
def test_reading_content_again_changes_nothing(text, difficulty):
    once = from_content(to_content(question(text=text, difficulty=difficulty)))
    assert from_content(to_content(once)) == once
    assert digest(once) == digest(question(text=text, difficulty=difficulty))


def test_text_is_stored_in_one_normal_form():
    typed = "\ufeff " + unicodedata.normalize("NFD", "Câu hỏi về\r\nchuyển đổi số ")
    assert from_content(CONTENT | {"text": typed}).text == "Câu hỏi về\nchuyển đổi số"


def test_digest_is_fixed_and_sees_every_field():
    assert digest(question()) == "a338113729162cda1e2d85ef87714374bda33ce713ed8e1f6580cde0d35b9093"
    changes = [
        {"text": "x"},
        {"options": options("Huế", "Hà Nội", "Vinh")},
        {"key": "a"},
        {"topic": "x"},
        {"difficulty": 3},
        {"explanation": "x"},
        {"source": "x"},
        {"points": 500},
        {"lock_order": True},
        {"tags": ("x",)},
    ]
    digests = {digest(question(**change)) for change in [{}, *changes]}
    assert len(digests) == len(changes) + 1


def test_digest_does_not_depend_on_how_text_was_typed():
    typed = unicodedata.normalize("NFD", question().text)
    assert digest(question(text=typed)) == digest(question())


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        ([], "not_object", ""),
        (CONTENT | {"options": [1]}, "not_object", "options.0"),
        ({k: v for k, v in CONTENT.items() if k != "key"}, "field_missing", "key"),
        (CONTENT | {"options": [{"id": "a"}]}, "field_missing", "options.0.text"),
        (CONTENT | {"answer": "b"}, "field_unknown", "answer"),
        (CONTENT | {"options": [{"id": "a", "text": "x", "right": True}]}, "field_unknown", "options.0.right"),
        (CONTENT | {"text": 5}, "wrong_type", "text"),
        (CONTENT | {"difficulty": "2"}, "wrong_type", "difficulty"),
        (CONTENT | {"difficulty": True}, "wrong_type", "difficulty"),
        (CONTENT | {"points": 0.5}, "wrong_type", "points"),
        (CONTENT | {"key": 1.0}, "wrong_type", "key"),
        (CONTENT | {"key": {"a": 1}}, "wrong_type", "key"),
        (CONTENT | {"lock_order": 1}, "wrong_type", "lock_order"),
        (CONTENT | {"tags": "x"}, "wrong_type", "tags"),
        (CONTENT | {"tags": ["x", None]}, "wrong_type", "tags.1"),
        (CONTENT | {"text": "\ud800"}, "bad_text", "text"),
    ],
)
def test_content_that_is_no_question_is_refused(content, code, field):
    with pytest.raises(InvalidContent) as raised:
        from_content(content)
    assert (raised.value.code, raised.value.field) == (code, field)
