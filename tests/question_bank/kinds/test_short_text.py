import unicodedata

import pytest

from question_bank.kinds import InvalidResponse, Mark
from question_bank.kinds.short_text import MOST_CHARACTERS, ShortText
from question_bank.paper import from_paper, to_paper
from tests.question_bank.builders import options, question

KIND = ShortText()


def asked(*answers, **settings):
    return question("short_text", key=answers or ("Kỳ Cùng", "sông Kỳ Cùng"), settings=tuple(sorted(settings.items())))


def is_right(typed, question):
    return KIND.mark(question, from_paper(question, (), typed)).is_right


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("Kỳ Cùng", 1000),
        ("Sông Kỳ Cùng", 1000),
        ("  kỳ   cùng. ", 1000),
        (unicodedata.normalize("NFD", "Kỳ Cùng"), 1000),
        ("Ky Cung", 0),
        ("Kỳ", 0),
        ("Kỳ Cùng hoặc Bằng Giang", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_any_accepted_answer_earns_all_points(typed, points):
    response = from_paper(asked(), (), typed)
    assert KIND.mark(asked(), response) == Mark(points, is_right=points > 0)


@pytest.mark.parametrize(
    ("setting", "typed", "meant", "usually"),
    [
        ("case", "hà nội", "Hà Nội", True),
        ("tone_place", "Hoà Bình", "Hòa Bình", True),
        ("unmarked", "Lang Son", "Lạng Sơn", False),
    ],
)
def test_each_setting_turns_what_counts(setting, typed, meant, usually):
    assert is_right(typed, asked(meant)) is usually
    assert is_right(typed, asked(meant, **{setting: True})) is not usually
    assert is_right(meant, asked(meant, **{setting: True}))


@pytest.mark.parametrize("length", [1, MOST_CHARACTERS])
def test_a_response_goes_there_and_back(length):
    assert to_paper(asked(), (), from_paper(asked(), (), "ấ" * length)) == "ấ" * length


@pytest.mark.parametrize(
    ("raw", "code"), [("x" * (MOST_CHARACTERS + 1), "too_long"), (["x"], "wrong_type"), (1, "wrong_type")]
)
def test_rubbish_is_refused(raw, code):
    with pytest.raises(InvalidResponse) as raised:
        from_paper(asked(), (), raw)
    assert raised.value.code == code


def test_spaces_alone_are_no_answer():
    assert from_paper(asked(), (), " \n ") is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"key": ()}, [("key_missing", "key")]),
        ({"key": None}, [("key_missing", "key")]),
        ({"key": "Kỳ Cùng"}, [("key_not_texts", "key")]),
        ({"key": ("a", 1)}, [("key_not_texts", "key")]),
        ({"key": ("a", "")}, [("answer_empty", "key.1")]),
        ({"key": ("Hòa", "b", "hoà.")}, [("answer_repeated", "key.2")]),
        ({"key": ("Hòa", "hoà"), "settings": (("tone_place", True),)}, []),
        ({"key": ("x" * MOST_CHARACTERS,)}, []),
        ({"key": ("x" * (MOST_CHARACTERS + 1),)}, [("too_long", "key.0")]),
        ({"key": ("a\x07",)}, [("control_character", "key.0")]),
        ({"key": tuple("abcdefghij")}, []),
        ({"key": tuple("abcdefghijk")}, [("answers_many", "key")]),
        ({"options": options("a", "b")}, [("options_unwanted", "options")]),
    ],
)
def test_what_is_wrong_with_the_answers(changes, expected):
    problems = KIND.problems(question("short_text", **{"key": ("Kỳ Cùng",), **changes}))
    assert [(problem.code, problem.field) for problem in problems] == expected


def test_rows_become_answers_and_back():
    written = KIND.with_rows(asked(), [(" Kỳ Cùng ",), ("sông Kỳ Cùng",), ("",)])
    assert written.key == ("Kỳ Cùng", "sông Kỳ Cùng")
    assert KIND.with_rows(question("short_text"), KIND.rows(written)) == written


def test_all_accepted_answers_are_told():
    assert KIND.key_words(asked(), "vi") == "Kỳ Cùng hoặc sông Kỳ Cùng"
    assert KIND.key_words(asked(), "en") == "Kỳ Cùng or sông Kỳ Cùng"


@pytest.mark.parametrize(
    ("settings", "label"),
    [
        ({}, "Câu trả lời của bạn (ghi đủ dấu)"),
        ({"unmarked": True}, "Câu trả lời của bạn"),
        ({"case": True}, "Câu trả lời của bạn (ghi đủ dấu, đúng chữ hoa, chữ thường)"),
        ({"case": True, "unmarked": True}, "Câu trả lời của bạn (đúng chữ hoa, chữ thường)"),
    ],
)
def test_the_field_says_what_counts(settings, label):
    (control,) = KIND.controls(asked(**settings), ())
    assert control.label.vi == label


def test_the_paper_holds_no_answer():
    (control,) = KIND.controls(asked("Kỳ Cùng"), ())
    assert (control.choices, control.length) == ((), MOST_CHARACTERS)
