import unicodedata

import pytest

from question_bank.kinds.options import option_problems
from question_bank.question import Option
from tests.question_bank.builders import options, question

TEN = [f"Phương án số {i}" for i in range(10)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (options("Một", "Hai"), []),
        (options(*TEN), []),
        (options("Một"), [("options_few", "options")]),
        ((), [("options_few", "options")]),
        (options(*TEN, "Thừa"), [("options_many", "options")]),
        (options("Một", " ", "Ba"), [("option_empty", "options.1")]),
        (options("Hà Nội", "Huế", "  Hà  Nội "), [("option_repeated", "options.2")]),
        (options("Ủy ban nhân dân", "Ủy Ban Nhân Dân", "ủy ban nhân dân"), []),  # a question on capital letters
        (options("Điểm", unicodedata.normalize("NFD", "Điểm")), [("option_repeated", "options.1")]),
        ((Option("a", "Một"), Option("a", "Hai")), [("option_id_repeated", "options.1")]),
        ((Option("", "Một"), Option("b", "Hai")), [("option_id_repeated", "options.0")]),
    ],
)
def test_problems_name_the_option(given, expected):
    problems = option_problems(question(options=given))
    assert [(problem.code, problem.field) for problem in problems] == expected


def test_an_equal_option_names_the_other():
    (problem,) = option_problems(question(options=options("Huế", "Huế")))
    assert problem.values == {"option": "B", "other": "A"}
