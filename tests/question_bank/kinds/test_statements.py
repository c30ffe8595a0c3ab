import pytest

from question_bank.kinds import InvalidResponse, Mark
from question_bank.kinds.statements import Statements, steps_of
from question_bank.problems import sentence
from tests.question_bank.builders import options, question

KIND = Statements()
HITS = [(), (True,), (True, False), (True, False, False), (True, False, False, True)]
"""The first judgements are right, the others wrong."""


def answered(hits):
    key = question("statements").key
    return (*key[:hits], *(not truth for truth in key[hits:]))


@pytest.mark.parametrize(
    ("settings", "earned"),
    [
        ({}, [0, 100, 250, 500, 1000]),
        ({"table": "0; 0.333; 1; 1,000"}, [0, 0, 333, 1000, 1000]),
        ({"scoring": "all"}, [0, 0, 0, 0, 1000]),
        ({"scoring": "parts"}, [0, 250, 500, 750, 1000]),
    ],
)
def test_right_judgements_earn_what_is_decided(settings, earned):
    asked = KIND.with_settings(question("statements"), settings)
    assert KIND.problems(asked) == []
    marks = [KIND.mark(asked, answered(hits)) for hits in range(5)]
    assert marks == [Mark(points, is_right=points == 1000 and hits == 4) for hits, points in enumerate(earned)]


def test_unanswered_is_not_right_and_points_are_rounded_down():
    asked = question("statements", points=999)
    assert KIND.mark(asked, (True, False, None, None)).points == 249
    assert KIND.mark(asked, (True, None, None, None)).points == 99


@pytest.mark.parametrize("raw", [["true"], [1, 0, 0, 1], [True, False, None, "a"], [True, False, None, [True]]])
def test_rubbish_is_refused(raw):
    with pytest.raises(InvalidResponse) as raised:
        KIND.from_paper(question("statements"), (0, 1, 2, 3), raw)
    assert raised.value.code == "wrong_type"


def test_a_paper_has_its_own_order_under_the_letters_of_an_exam():
    asked = question("statements")
    assert [control.label for control in KIND.controls(asked, (3, 0, 1, 2))] == [
        "a) Ý thứ d",
        "b) Ý thứ a",
        "c) Ý thứ b",
        "d) Ý thứ c",
    ]
    assert KIND.from_paper(asked, (3, 0, 1, 2), [True, False, None, None]) == (False, None, None, True)
    assert KIND.key_words(asked, "vi") == "a) Đúng; b) Sai; c) Sai; d) Đúng"


@pytest.mark.parametrize(
    ("table", "steps"),
    [
        ("0,1; 0,25; 0,5; 1", (100, 250, 500, 1000)),
        (" 0.1;0 ; 1,0", (100, 0, 1000)),
        ("1,999", (1999,)),
        ("0,1234; 1", ()),
        ("-1; 1", ()),
        ("2; 1", ()),
        ("0,1, 0,25", ()),
        ("1;", ()),
        ("½; 1", ()),
        ("", ()),
    ],
)
def test_a_table_is_numbers_of_at_most_three_decimals(table, steps):
    assert steps_of(table) == steps


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"table": "một nửa; 1"}, "score_table_wrong"),
        ({"table": "0,25; 0,5; 1"}, "score_table_length"),
        ({"table": "0; 0,1; 0,25; 0,5; 1"}, "score_table_length"),
        ({"table": "0,1; 0,5; 0,25; 1"}, "score_table_falls"),
        ({"table": "0; 0; 0; 0,999"}, "score_table_end"),
        ({"table": "0; 0; 0; 1,001"}, "score_table_end"),
    ],
)
def test_a_table_has_a_step_for_each_statement_never_falls_and_ends_with_everything(settings, code):
    (problem,) = KIND.problems(KIND.with_settings(question("statements"), settings))
    assert (problem.code, problem.field) == (code, "settings.table")
    assert sentence(problem.code, problem.values)


def test_a_table_that_is_not_used_is_not_asked_for():
    assert KIND.problems(KIND.with_settings(question("statements"), {"scoring": "parts", "table": "x"})) == []


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"key": (True, None, False, True)}, [("truth_missing", "key.1")]),
        ({"key": (True, 1, False, True)}, [("truth_missing", "key.1")]),
        ({"key": (True, False)}, [("truths_missing", "key")]),
        ({"key": None}, [("truths_missing", "key")]),
        ({"options": options("Một", "Hai", "", "MỘT ")}, [("row_empty", "options.2"), ("row_repeated", "options.3")]),
    ],
)
def test_each_statement_has_a_text_of_its_own_and_is_judged(changes, problems):
    found = KIND.problems(question("statements", **changes))
    assert [(problem.code, problem.field) for problem in found] == problems


@pytest.mark.parametrize(("count", "codes"), [(1, ["rows_few"]), (2, []), (10, []), (11, ["rows_many"])])
def test_two_to_ten_statements(count, codes):
    texts = [f"Ý {number}" for number in range(count)]
    asked = question("statements", options=options(*texts), key=(True,) * count, settings=(("scoring", "parts"),))
    assert [problem.code for problem in KIND.problems(asked)] == codes


@pytest.mark.parametrize(
    ("settings", "points", "told"),
    [
        ({}, 2000, "Số điểm khi đúng 1, 2, 3, 4 ý: 0,2; 0,5; 1; 2."),
        ({"table": "0; 0; 1; 1"}, 333, "Số điểm khi đúng 1, 2, 3, 4 ý: 0; 0; 0,333; 0,333."),
        ({"table": "0,1"}, 1000, "Số điểm khi đúng 1, 2, 3, 4 ý: 0,1; 0; 0; 1."),
        ({"scoring": "parts"}, 2000, "Mỗi phần đúng được số điểm bằng nhau."),
        ({"scoring": "all"}, 2000, "Đúng tất cả các phần mới được điểm."),
    ],
)
def test_people_are_told_the_points_that_they_would_get(settings, points, told):
    assert KIND.scoring(KIND.with_settings(question("statements", points=points), settings)).vi == told
