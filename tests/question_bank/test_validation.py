import pytest

from question_bank.problems import sentence
from question_bank.validation import problems_in
from tests.question_bank.builders import options, question


@pytest.mark.parametrize("kind", ["single", "multiple", "true_false"])
def test_a_good_question_has_no_problem(kind):
    assert problems_in(question(kind)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"text": " \n"}, [("text_missing", "text")]),
        ({"topic": ""}, [("topic_missing", "topic")]),
        ({"source": ""}, [("source_missing", "source")]),
        ({"text": "x" * 4000}, []),
        ({"text": "x" * 4001}, [("too_long", "text")]),
        ({"explanation": "x" * 4001}, [("too_long", "explanation")]),
        ({"source": "x" * 1001}, [("too_long", "source")]),
        ({"topic": "x" * 201}, [("too_long", "topic")]),
        ({"options": options("x" * 1000, "b")}, []),
        ({"options": options("x" * 1001, "b")}, [("too_long", "options.0")]),
        ({"text": "a\x0bb"}, [("control_character", "text")]),
        ({"text": "a\nb"}, []),
        ({"difficulty": 1}, []),
        ({"difficulty": 5}, []),
        ({"difficulty": 0}, [("difficulty_range", "difficulty")]),
        ({"difficulty": 6}, [("difficulty_range", "difficulty")]),
        ({"points": 1}, []),
        ({"points": 100_000}, []),
        ({"points": 0}, [("points_range", "points")]),
        ({"points": 100_001}, [("points_range", "points")]),
        ({"tags": ("x",) * 20}, []),
        ({"tags": ("x",) * 21}, [("tags_many", "tags")]),
        ({"tags": ("x", " ")}, [("tag_empty", "tags.1")]),
        ({"tags": ("x,y",)}, [("tag_comma", "tags.0")]),
        ({"tags": ("x" * 51,)}, [("too_long", "tags.0")]),
        ({"kind": "riddle"}, [("kind_unknown", "kind")]),
        ({"key": "d"}, [("key_unknown", "key")]),
        ({"text": f"![Bản đồ](media:{'a' * 64}) giá 5 $ hay 6 $"}, []),
        ({"text": f"![](media:{'a' * 64})"}, [("medium_unnamed", "text")]),
        ({"explanation": r"$\frac{$"}, [("formula_broken", "explanation")]),
        ({"options": options(r"$x^2^2$", "b")}, [("formula_broken", "options.0")]),
    ],
)
def test_each_problem_names_its_field(changes, expected):
    problems = problems_in(question(**changes))
    assert [(problem.code, problem.field) for problem in problems] == expected
    for problem in problems:
        assert sentence(problem.code, problem.values, "vi") != sentence(problem.code, problem.values, "en")


def test_all_problems_are_told_at_once():
    bad = question(text="", source="", difficulty=9, options=options("x"), key="z")
    codes = {problem.code for problem in problems_in(bad)}
    assert codes == {"text_missing", "source_missing", "difficulty_range", "options_few", "key_unknown"}


def test_media_are_looked_for_where_it_is_known_which_are_at_hand():
    asked = question(text=f"![Bản đồ](media:{'a' * 64})")
    assert problems_in(asked, {"a" * 64}) == []
    assert [(problem.code, problem.field) for problem in problems_in(asked, set())] == [("medium_unknown", "text")]
