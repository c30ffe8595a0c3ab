"""A question is made once and filled in for each paper: whatever is shown must be that paper's."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from markupsafe import Markup, escape

from contest.quiz.domain.marking import PaperSlot
from contest.quiz.views.fragments import ATTEMPT, Asked, fragments_of, navigator_markup, paper_markup
from question_bank.markup import Medium
from question_bank.question import Option, Question
from tests.quiz.world import question

PICTURE, SOUND = "a" * 64, "b" * 64


def drawn(*responses: Any, kind: str = "single", commitment: str = "bộ 1", **values: Any) -> Markup:
    """A paper on which these are answered, one question after the other."""
    each: Question = replace(question(1, kind), **values)
    slots = tuple(PaperSlot(1, () if kind == "true_false" else (0, 1, 2, 3)) for _ in responses)
    given = {str(number): response for number, response in enumerate(responses, start=1)}
    return shown(f"{commitment}{kind}{values}", slots, asked(each), given)


def shown(commitment: str, slots: Sequence[PaperSlot], of: Asked, given: Mapping[str, Any]) -> Markup:
    """The paper as it goes into a page."""
    return Markup(paper_markup(fragments_of(commitment, slots, of, given), slots, (), "luot-1").decode())


def asked(each: Question) -> Asked:
    """One question, and two files beside it."""
    media = {PICTURE: Medium(f"/{ATTEMPT}/hinh", "picture"), SOUND: Medium(f"/{ATTEMPT}/tieng", "audio")}
    return Asked({1: each}, media.get)


@pytest.fixture
def backend() -> str:
    """Nothing is read from the database."""
    return "sqlite"


@pytest.mark.parametrize(
    ("kind", "response", "checked"),
    [
        ("single", None, []),
        ("single", "b", ["b"]),
        ("multiple", ["a", "c"], ["a", "c"]),
        ("true_false", True, ["true"]),
        ("true_false", False, ["false"]),
    ],
)
def test_exactly_the_given_answer_is_checked(app: Flask, kind: str, response: object, checked: list[str]) -> None:
    with app.test_request_context():
        markup = drawn(response, kind=kind)
    found = [value for value in ("a", "b", "c", "d", "true", "false") if f'value="{value}" checked' in markup]
    assert found == checked
    assert markup.count("checked") == len(checked)


def test_the_same_question_in_two_slots_keeps_slot_and_answer_apart(app: Flask) -> None:
    with app.test_request_context():
        markup = drawn("a", "d")
        again = drawn(None, None)
    assert 'id="q1-a" name="q1" value="a" checked' in markup
    assert 'id="q2-d" name="q2" value="d" checked' in markup
    assert "checked" not in again, "one person's answer never shows on another's paper"


def test_the_order_of_options_and_the_set_decide_what_is_shown(app: Flask) -> None:
    straight, turned = PaperSlot(1, (0, 1, 2, 3)), PaperSlot(1, (3, 2, 1, 0))
    with app.test_request_context():
        papers = [
            shown(commitment, (slot,), asked(question(number)), {})
            for commitment, slot, number in (("một", straight, 1), ("một", turned, 1), ("hai", straight, 2))
        ]
    assert papers[0].index("Phương án a của câu 1") < papers[0].index("Phương án d của câu 1")
    assert papers[1].index("Phương án d của câu 1") < papers[1].index("Phương án a của câu 1")
    assert "Câu hỏi số 2?" in papers[2]


@pytest.mark.parametrize(("kind", "response", "checked"), [("single", "b", {1}), ("multiple", ["a", "d"], {0, 3})])
def test_in_every_order_each_option_stands_under_its_letter(
    app: Flask, kind: str, response: object, checked: set[int]
) -> None:
    texts = ["<b>một</b>", "100 % %(slot)s", "hai & ba", "bốn"]
    each = replace(question(1, kind), options=tuple(map(Option, "abcd", texts)))
    orders = list(permutations(range(4)))
    slots = tuple(PaperSlot(1, order) for order in orders)
    with app.test_request_context():
        markup = shown("thứ tự", slots, asked(each), dict.fromkeys(map(str, range(1, 25)), response))
    found = re.findall(
        r'name="q(\d+)" value="(\w)"( checked)?>.*?option-text" lang="vi">(.*?)</span>', markup, re.DOTALL
    )
    assert found == [
        (str(slot), "abcd"[place], " checked" if place in checked else "", str(escape(texts[index])))
        for slot, order in enumerate(orders, start=1)
        for place, index in enumerate(order)
    ]


def test_a_text_that_looks_like_markup_stays_text(app: Flask) -> None:
    hostile = '<script>x</script>" value="a"> checked 100 % %(slot)s'
    with app.test_request_context():
        markup = drawn("a", text=hostile)
    assert "<script>" not in markup
    assert "100 % %(slot)s" in markup
    assert markup.count('value="a" checked>') == 1


def test_pictures_and_sounds_are_fetched_through_the_attempt(app: Flask) -> None:
    options = tuple(Option(each, f"**{each}** ![Hình](media:{PICTURE})") for each in "abcd")
    with app.test_request_context():
        markup = drawn(None, text=f"Nghe ![Bài](media:{SOUND})\n\n- một $x^2$", options=options)
        silent = drawn(None, text="Không có gì để nghe")
    assert markup.count('src="/luot-1/hinh" alt="Hình"') == 4
    assert markup.count('src="/luot-1/tieng"') == 1
    assert "<strong>a</strong>" in markup
    assert "<msup>" in markup
    assert "Trình duyệt không" in markup
    assert "Trình duyệt không" not in silent


def test_a_sound_among_the_options_is_spoken_of_and_what_a_list_cannot_show_stands_above_it(app: Flask) -> None:
    options = tuple(Option(each, f"![Bài {each}](media:{SOUND})") for each in "abcd")
    pictured = (*(Option(each, f"![Hình {each}](media:{PICTURE})") for each in "abc"), Option("d", "$x^2$"))
    plain = replace(question(1), kind="matching", items=("Một", "Hai"), key=("a", "b"))
    slot = PaperSlot(1, (0, 1, 2, 3))
    with app.test_request_context():
        sounding = drawn(None, options=options)
        matching = shown("hình", [slot], asked(replace(plain, options=pictured)), {})
        without = shown("chữ", [slot], asked(plain), {})
    assert "Trình duyệt không" in sounding
    assert matching.index("choice-list") < matching.index('src="/luot-1/hinh" alt="Hình b"') < matching.index("<select")
    assert "B. Hình b</option>" in matching
    assert ">D</option>" in matching
    assert "choice-list" not in without


@pytest.mark.parametrize("response", ["e", "%(slot)s", ["a"], [None], True])
def test_what_no_paper_could_have_sent_is_no_answer(app: Flask, response: Any) -> None:
    with app.test_request_context():
        assert drawn(response) == drawn(None)


def test_the_cells_of_the_navigator_say_what_is_answered(app: Flask) -> None:
    with app.test_request_context():
        fragments = fragments_of("ô", [PaperSlot(1, (0, 1, 2, 3))] * 2, asked(question(1)), {"2": "a"})
        cells = navigator_markup(fragments).decode()
    assert cells.count("<li>") == 2
    assert cells.index('href="#q1"') < cells.index('data-state="empty"') < cells.index('data-state="saved"')


def test_each_language_has_its_own(app: Flask) -> None:
    with app.test_request_context():
        with force_locale("vi"):
            vietnamese = drawn(None)
        with force_locale("en"):
            english = drawn(None)
    assert "Câu 1/1" in vietnamese
    assert "Question 1 of 1" in english


@pytest.mark.parametrize(
    ("points", "worths"),
    [([None, None], []), ([1000, None], []), ([500, 500], ["0,5", "0,5"]), ([2000, None], ["2", "1"])],
)
def test_each_question_says_its_points_where_they_are_not_one_each(
    app: Flask, points: list[int | None], worths: list[str]
) -> None:
    slots = [PaperSlot(1, (0, 1, 2, 3), None, each) for each in points]
    with app.test_request_context():
        markup = shown("điểm", slots, asked(question(1)), {})
    assert re.findall(r"· ([\d,]+) điểm</p>", markup) == worths
